import { expect } from "@playwright/test";
import { logIn, logOut, newEmail, password, signUp } from "./account.ts";
import { test } from "./awake.ts";

test("a sign-up says what is wrong beside each field, and keeps what was typed", async ({ page }) => {
  await page.goto("/signup");
  await page.getByLabel("Company or team").fill("Acme");
  await page.getByLabel("E-mail").fill("nobody");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByLabel("Password, again").fill("other");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription("Is not an e-mail address");
  await expect(page.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(/at least 10/);
  await expect(page.getByLabel("Password, again")).toHaveAccessibleDescription(/Differs/);
  await expect(page.getByLabel("Company or team")).toHaveValue("Acme");
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("short");
});

test("an address has one account", async ({ page, browser }) => {
  const email = await signUp(page);
  const other = await (await browser.newContext()).newPage();
  await other.goto("/signup");
  await other.getByLabel("Company or team").fill("Other");
  await other.getByLabel("E-mail").fill(email);
  await other.getByLabel("Password", { exact: true }).fill(password);
  await other.getByLabel("Password, again").fill(password);
  await other.getByRole("button", { name: "Create account" }).click();
  await expect(other.getByLabel("E-mail")).toHaveAccessibleDescription(/has an account already/);
});

test("a wrong password is refused without saying whether the account exists", async ({ page }) => {
  const email = await signUp(page);
  await page.context().clearCookies();
  const refusals: (string | null)[] = [];
  for (const known of [email, newEmail()]) {
    await logIn(page, known, "wrong password");
    const refusal = page.getByRole("alert").filter({ hasText: /\w/ });
    await expect(refusal).toBeVisible();
    refusals.push(await refusal.textContent());
  }
  expect(refusals[0]).toBe(refusals[1]);
});

test("log-in leads back to the page that was asked for, and never to another site", async ({ page }) => {
  const email = await signUp(page);
  await page.context().clearCookies();
  await page.goto("/dashboard/keys");
  await expect(page).toHaveURL(/\/login\?next=%2Fdashboard%2Fkeys$/);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(/\/dashboard\/keys$/);
  await page.goto("/login?next=//elsewhere.example/");
  await expect(page).toHaveURL(/\/dashboard$/);
});

test("log-out ends the session itself: a copy of its cookie is worth nothing", async ({ page, browser }) => {
  await signUp(page);
  const copy = await browser.newContext({ storageState: await page.context().storageState() });
  const stolen = await copy.newPage();
  await stolen.goto("/dashboard");
  await expect(stolen.getByRole("heading", { name: "Environments" })).toBeVisible();
  await logOut(page);
  await stolen.goto("/dashboard");
  await expect(stolen.getByRole("heading", { name: "Log in" })).toBeVisible();
  expect((await copy.request.get("/environments")).status()).toBe(401);
});
