import { expect, type Page } from "@playwright/test";

export const password = "correct horse battery";

/** An address that no other test of this run has. */
export const newEmail = () => `e2e-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}@example.test`;

/** Signs up by the form, as people do; ends on the dashboard. */
export async function signUp(page: Page, email = newEmail()): Promise<string> {
  await page.goto("/signup");
  await page.getByLabel("Company or team").fill("Acme");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Password, again").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Environments" })).toBeVisible({ timeout: 20_000 });
  return email;
}

export async function logIn(page: Page, email: string, secret = password): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(secret);
  await page.getByRole("button", { name: "Log in" }).click();
}

/** Logs out by the menu, as people do; ends on the log-in page. */
export async function logOut(page: Page): Promise<void> {
  await page.locator("[popovertarget=user-menu]").click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
}
