import { expect, type Locator, type Page } from "@playwright/test";

/**
 * Presses each tool of a terminal in which a shell runs and shows `word` in a colour of its own: the clipboard, speech, the
 * size of the letters and of the terminal; ends with the focus in it.
 */
export async function pressTools(page: Page, terminal: Locator, word: string): Promise<void> {
  const press = (name: string) => terminal.getByRole("button", { name }).click();
  const rows = terminal.locator(".xterm-rows");
  const field = terminal.getByRole("textbox");
  const place = (await rows.locator("span", { hasText: new RegExp(`^${word}$`) }).boundingBox())!;
  await page.mouse.dblclick(place.x + place.width / 2, place.y + place.height / 2);
  await press("Copy what is selected");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(word);
  await page.evaluate(() => navigator.clipboard.writeText("echo was pas''ted"));
  await press("Paste");
  await expect(rows).toContainText("echo was pas''ted");
  await expect(field).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(rows).toContainText("was pasted");
  await hear(page, terminal);
  const letters = rows.locator("div").first();
  await expect(letters).toHaveCSS("font-size", "13px");
  await press("Larger letters");
  await expect(letters).toHaveCSS("font-size", "14px");
  await press("Smaller letters");
  await expect(letters).toHaveCSS("font-size", "13px");
  const { height } = page.viewportSize()!;
  await press("Whole window");
  await expect.poll(() => terminal.boundingBox()).toMatchObject({ x: 0, y: 0, height });
  await press("Whole window");
  await expect.poll(async () => (await terminal.boundingBox())!.height).toBeLessThan(height);
  await field.focus();
}

/** Output is told to screen readers while that is asked for. */
async function hear(page: Page, terminal: Locator): Promise<void> {
  const speak = terminal.getByRole("button", { name: "Speak output to screen readers" });
  await speak.click();
  await expect(speak).toHaveAttribute("aria-pressed", "true");
  await terminal.getByRole("textbox").focus();
  await page.keyboard.type("echo is spo''ken\n");
  await expect(terminal.locator(".xterm-accessibility")).toContainText("is spoken");
  await speak.click();
  await expect(speak).toHaveAttribute("aria-pressed", "false");
}
