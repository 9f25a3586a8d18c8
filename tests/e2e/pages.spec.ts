import { expect, type Page, test } from "@playwright/test";
import { signUp } from "./account.ts";
import { expectAccessible } from "./violations.ts";

const openPages = ["/", "/login", "/signup", "/nowhere"];
const ownPages = [
  "/dashboard",
  "/dashboard/applications",
  "/dashboard/providers",
  "/dashboard/providers/new",
  "/dashboard/environments/new",
  "/dashboard/keys",
  "/dashboard/tokens",
];

test("no page has what axe finds, in either theme", async ({ page }) => {
  test.setTimeout(240_000);
  for (const path of openPages) {
    await page.goto(path);
    await expectAccessible(page);
  }
  await signUp(page);
  for (const path of ownPages) {
    await page.goto(path);
    await expectAccessible(page);
  }
});

test("no page scrolls sideways on a screen of 360 pixels", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signUp(page);
  for (const path of [...openPages, ...ownPages]) {
    await page.goto(path);
    const overPx = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overPx, path).toBeLessThanOrEqual(0);
  }
});

test("a chosen theme is there with the first byte", async ({ page, request }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Dark theme" }).click();
  const darkness = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await expect.poll(darkness).toBe("rgb(11, 11, 13)");
  await page.reload();
  expect(await darkness()).toBe("rgb(11, 11, 13)");
  const html = await (await request.get("/", { headers: { cookie: "theme=dark" } })).text();
  expect(html).toMatch(/<html[^>]* data-theme="dark"/);
});

test("a key and a token are added and removed by the keyboard alone", async ({ page }) => {
  await signUp(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await tabTo(page, "API tokens");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "API tokens" })).toBeVisible();
  await page.getByLabel("Name").focus();
  await page.keyboard.type("ci");
  await page.keyboard.press("Enter");
  await expect(page.getByText("it is not shown again")).toBeVisible();
  await expect(page.getByRole("row", { name: /ci/ })).toBeVisible();

  await page.getByRole("button", { name: "Revoke token ci" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Revoke token ci?" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Revoke token ci" })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, "Revoke");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("row", { name: /ci/ })).toHaveCount(0);
});

test("an SSH key that is none is refused in words, and a private key by name", async ({ page }) => {
  await signUp(page);
  await page.goto("/dashboard/keys");
  await page.getByLabel("Name").fill("laptop");
  await page.getByLabel("Public key").fill("-----BEGIN OPENSSH PRIVATE KEY-----");
  await page.getByRole("button", { name: "Add key" }).click();
  await expect(page.getByLabel("Public key")).toHaveAccessibleDescription(/private key: keep it secret/);
  await expect(page.getByLabel("Name")).toHaveValue("laptop");
});

test("a provider that does not answer is refused beside its field, and nothing is kept", async ({ page }) => {
  await signUp(page);
  await page.goto("/dashboard/providers/new");
  await page.getByLabel("Name").fill("nowhere");
  await page.getByLabel("Host").fill("tcp://127.0.0.1:1");
  await page.getByRole("button", { name: "Check and add" }).click();
  await expect(page.getByLabel("Host")).toHaveAttribute("aria-invalid", "true");
  await page.goto("/dashboard/providers");
  await expect(page.getByRole("row", { name: /nowhere/ })).toHaveCount(0);
});

/** Tabs until the focus is on what has this name; 40 steps at the most. */
async function tabTo(page: Page, name: string): Promise<void> {
  const named = () => page.evaluate(() => document.activeElement?.textContent?.trim());
  for (let step = 0; step < 40 && (await named()) !== name; step += 1) await page.keyboard.press("Tab");
  expect(await named()).toBe(name);
}
