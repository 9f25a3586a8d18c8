import type { Page } from "@playwright/test";

export const dialog = (page: Page) => page.getByRole("dialog");

/** Presses the button of the open dialog that does it. */
export const confirm = (page: Page, verb: string): Promise<void> =>
  dialog(page).getByRole("button", { name: verb, exact: true }).click();
