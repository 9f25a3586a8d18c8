import { expect, type Page } from "@playwright/test";
import { signUp } from "./account.ts";
import { docsPages } from "./addresses.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { expectAccessible, watchPolicy } from "./violations.ts";

/** The piece of code of a topic that is shown. */
const shownCode = (page: Page, topic: string) => page.locator(`#${topic} .docs-frame pre:visible`).first();

for (const [width, height] of [
  [390, 844],
  [1440, 900],
] as const)
  test(`no page of the docs has what axe finds, nor scrolls sideways, at ${width} pixels`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width, height });
    for (const path of docsPages) {
      await page.goto(path);
      if (path === "/docs/console") await expect(page.locator(".opblock").first()).toBeVisible();
      const overPx = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overPx, path).toBeLessThanOrEqual(0);
      // The reference is long, and the same at every width.
      if (path === "/docs" && width === 390) continue;
      await expectAccessible(page);
    }
  });

test("a chosen language shows in every example, and is there with the next page's first byte", async ({ page }) => {
  await page.goto("/docs");
  await expect(shownCode(page, "register")).toContainText("curl");
  await page.getByRole("button", { name: "Python" }).click();
  await expect(shownCode(page, "register")).toContainText("requests.post");
  await expect(shownCode(page, "docker-hub")).toContainText("requests.post");
  await expect(page.locator("#register .docs-frame pre:visible").filter({ hasText: "curl" })).toHaveCount(0);
  await page.goto("/docs/quick-start");
  await expect(shownCode(page, "make-an-account")).toContainText("import requests");
  const html = await (await page.request.get("/docs")).text();
  expect(html).toContain('data-language="python"');
  for (const [name, code] of [
    ["JavaScript", "await fetch("],
    ["Shell", "curl"],
  ]) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect(shownCode(page, "make-an-account")).toContainText(code!);
    await page.reload();
    await expect(shownCode(page, "make-an-account")).toContainText(code!);
    await expect(page.getByRole("button", { name, exact: true })).toHaveAttribute("aria-pressed", "true");
  }
});

test("examples carry the address by which the reader came; code is copied as it is shown", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/docs#register");
  const { origin } = new URL(page.url());
  const code = shownCode(page, "register");
  await expect(code).toContainText(`${origin}/accounts/register`);
  await page.getByRole("button", { name: "Copy the request: Register" }).first().click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await code.textContent());
});

test("the search finds a field by the keyboard alone, and its index is loaded when it is opened", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/docs/errors");
  await page.waitForLoadState("networkidle");
  expect(asked).not.toContain("/docs/search.json");
  await page.keyboard.press("/");
  const field = page.getByRole("combobox", { name: "Search the docs" });
  await expect(field).toBeFocused();
  await page.keyboard.type("expires_in_days");
  await expect(page.getByRole("option", { name: /Make a token/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/docs#make-a-token$/);
  await expect(page.locator("#make-a-token h3")).toBeInViewport();
  expect(asked).toContain("/docs/search.json");
});

test("the search opens by its button, and leads to what is pressed in its list", async ({ page }) => {
  await page.goto("/docs/errors");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("combobox", { name: "Search the docs" }).fill("make a token");
  await page.getByRole("option", { name: /Make a token/ }).click();
  await expect(page).toHaveURL(/\/docs#make-a-token$/);
  await expect(page.getByRole("combobox", { name: "Search the docs" })).toBeHidden();
});

test("the table of contents follows the reader, and opens their chapter", async ({ page }) => {
  await page.goto("/docs#create-docker-cluster");
  const contents = page.getByRole("navigation", { name: "Docs" });
  const here = contents.locator("[aria-current]");
  await expect(here).toHaveText("Create Docker cluster");
  await page.locator("#docker-hub").evaluate((topic) => topic.scrollIntoView());
  await expect(here).toHaveText("Docker Hub");
  await expect(contents.getByRole("link", { name: "Create Docker cluster" })).toBeHidden();
});

test("on a narrow screen the contents open from the head, and close where one goes", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/docs");
  await page.getByRole("button", { name: "Contents" }).click();
  const contents = page.getByRole("navigation", { name: "Docs" });
  await contents.getByRole("link", { name: "Team", exact: true }).click();
  await expect(contents).toBeHidden();
  await expect(page.locator("#team h2")).toBeInViewport();
});

test("the console sends a real request by the browser's session, and nothing leaves for elsewhere", async ({
  page,
  baseURL,
}) => {
  const elsewhere: string[] = [];
  const refused = watchPolicy(page);
  page.on("request", (request) => {
    if (!request.url().startsWith(`${baseURL}/`) && !request.url().startsWith("data:")) elsewhere.push(request.url());
  });
  const email = await signUp(page);
  await page.goto("/docs/console");
  const operation = page.locator("#operations-Authentication-getAccountsMe");
  await operation.getByRole("button").first().click();
  await operation.getByRole("button", { name: "Try it out" }).click();
  await operation.getByRole("button", { name: "Execute" }).click();
  await expect(operation.locator(".live-responses-table")).toContainText(email);
  await expect(operation.locator(".live-responses-table tbody .response-col_status").first()).toContainText("200");
  expect(elsewhere).toEqual([]);
  expect(refused).toEqual([]);
});

test("who is logged in reads their own ids, and never a token", async ({ page }) => {
  await signUp(page);
  const [{ id: made }] = await send(page, "POST", "/applications", { application_name: "mine" });
  await page.goto("/docs");
  await expect(shownCode(page, "create-single-server")).toContainText(`/applications/${made}/environments`);
  await expect(shownCode(page, "create-single-server")).toContainText("$CLOUDHERO_TOKEN");
});

test("what a crawler and a link's preview ask for is there", async ({ request }) => {
  for (const path of ["/robots.txt", "/sitemap.xml", "/manifest.webmanifest", "/icon.svg", "/openapi.json"])
    expect((await request.get(path)).status(), path).toBe(200);
  expect(await (await request.get("/robots.txt")).text()).toContain("Disallow: /api/");
  const sitemap = await (await request.get("/sitemap.xml")).text();
  for (const [, address] of sitemap.matchAll(/<loc>([^<]+)<\/loc>/g))
    expect((await request.get(new URL(address!).pathname)).status(), address).toBe(200);
});
