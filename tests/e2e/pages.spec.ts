import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import { signUp } from "./account.ts";
import { type Address, addresses, forgotten } from "./addresses.ts";
import { test } from "./awake.ts";
import { type Made, makeThings, practiceClouds } from "./stage.ts";
import { expectAccessible, watchPolicy } from "./violations.ts";

const budgetBytes = 130 * 1024;
const screens = [
  [3840, 480],
  [360, 740],
] as const;
const nowhere: Address = { page: "/nowhere", open: true, at: () => "/nowhere" };

const baseURL = `http://127.0.0.1:${process.env.CLOUDHERO_E2E_PORT}`;

practiceClouds();
let context: BrowserContext;
let made: Made;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  context = await browser.newContext({ baseURL, reducedMotion: "reduce" });
  const page = await context.newPage();
  await signUp(page);
  made = await makeThings(page);
  await page.close();
});
test.afterAll(async () => {
  await context?.close();
});

/** A page of the account that has everything; of nobody where the page is for everybody. */
async function visit(browser: Browser, { open, at }: Address): Promise<{ page: Page; blocked: string[] }> {
  const page = await (open ? await browser.newContext({ baseURL, reducedMotion: "reduce" }) : context).newPage();
  await page.setViewportSize({ width: 1280, height: 800 });
  const blocked = watchPolicy(page);
  await page.goto(at(made), { waitUntil: "load" });
  return { page, blocked };
}

test("every page of the product is visited by a test", () => expect(forgotten).toEqual([]));

for (const address of [...addresses, nowhere]) {
  test(`${address.page} has a title, one first heading, nothing that axe finds in either theme or its policy blocks, and fits 360 pixels to 4K`, async ({
    browser,
  }) => {
    const { page, blocked } = await visit(browser, address);
    await expect(page).toHaveTitle(/CloudHero/);
    await expect(page.locator("h1")).toHaveCount(1);
    await expectAccessible(page);
    for (const [width, height] of screens) {
      await page.setViewportSize({ width, height });
      const overPx = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overPx, `${width} pixels`).toBeLessThanOrEqual(0);
    }
    expect(blocked).toEqual([]);
    await page.close();
  });
}

test("a browser gets what a page needs first in brotli, within the budget", async () => {
  const page = await context.newPage();
  const loaded = new Map<string, { bytes: number; coding?: string }>();
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    const headers = response.headers();
    loaded.set(response.url(), { bytes: Number(headers["content-length"]), coding: headers["content-encoding"] });
  });
  await page.goto("/dashboard", { waitUntil: "load" });
  await page.close();
  const scripts = [...loaded.values()];
  expect(scripts.length).toBeGreaterThan(3);
  expect(scripts.filter(({ bytes, coding }) => bytes > 1000 && coding !== "br")).toEqual([]);
  expect(scripts.reduce((total, { bytes }) => total + bytes, 0)).toBeLessThanOrEqual(budgetBytes);
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

test("the user menu's themes are kept, and the system's follows the system", async ({ page }) => {
  await signUp(page);
  const choose = async (name: string) => {
    await page.locator("[popovertarget=user-menu]").click();
    await page.getByRole("button", { name }).click();
    await expect(page.getByRole("button", { name })).toHaveAttribute("aria-pressed", "true");
    await page.reload();
  };
  const expectCanvas = (colour: string) => expect(page.locator("body")).toHaveCSS("background-color", colour);
  const [light, dark] = ["rgb(250, 250, 250)", "rgb(11, 11, 13)"];
  await page.emulateMedia({ colorScheme: "dark" });
  await expectCanvas(dark);
  await choose("Light theme");
  await expectCanvas(light);
  await choose("System theme");
  await expectCanvas(dark);
  await page.emulateMedia({ colorScheme: "light" });
  await expectCanvas(light);
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
