import { expect, type Locator } from "@playwright/test";

/** Picks what is typed, once the field's list has it, and closes the list. */
export async function pick(field: Locator, value: string): Promise<void> {
  await field.fill(value);
  await expect(field).toHaveAttribute("aria-activedescendant", /./);
  await field.press("Enter");
  await field.press("Escape");
}
