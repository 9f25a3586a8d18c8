import { expect, type Locator, type Page } from "@playwright/test";
import { signUp } from "./account.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { type Made, makeThings, practiceClouds } from "./stage.ts";
import { expectAccessible } from "./violations.ts";

practiceClouds();

const field = (page: Page) => page.getByRole("combobox", { name: "Search environments, pages and actions" });
const active = (page: Page) => page.getByRole("dialog").getByRole("option", { selected: true });

/** Presses a key until it is heard: a page that has just come may not listen yet. */
async function open(page: Page, key: string, shown: Locator): Promise<void> {
  await expect(async () => {
    if (!(await shown.isVisible())) await page.keyboard.press(key);
    await expect(shown).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
}

async function begin(page: Page): Promise<Made> {
  await signUp(page);
  const made = await makeThings(page);
  await page.goto("/dashboard");
  return made;
}

test("by the keyboard alone: an environment is found by letters of its name, opened, and stopped after a question", async ({
  page,
}) => {
  const { environment } = await begin(page);
  await open(page, "Control+k", field(page));
  await expect(field(page)).toBeFocused();
  await expect(page.getByRole("option", { name: /New environment/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.type("prdn");
  await expect(active(page)).toContainText("production");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(environment));
  await expect(field(page)).toBeHidden();

  await page.goto("/dashboard/keys");
  await open(page, "Control+k", field(page));
  await page.keyboard.type("stop prod");
  await expect(active(page)).toContainText("Stop production");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Stop production?" })).toBeVisible();
  await expect(page.getByText(/2 servers are shut down/)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(environment));
  await expect(page.locator("h1").getByRole("status")).toHaveText(/stopp/, { timeout: 20_000 });
});

test("pages and actions are found by their names, and done: a page, the theme, the shortcuts, a new environment, log-out", async ({
  page,
}) => {
  await signUp(page);
  const choose = async (text: string, label: string) => {
    await open(page, "Control+k", field(page));
    await page.keyboard.type(text);
    await expect(active(page)).toContainText(label);
    await page.keyboard.press("Enter");
    await expect(field(page)).toBeHidden();
  };
  await choose("api tok", "API tokens");
  await expect(page.getByRole("heading", { name: "API tokens" })).toBeVisible();
  await choose("theme", "Dark theme");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await choose("theme", "Light theme");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await choose("keyboard", "Keyboard shortcuts");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("g p");
  await page.keyboard.press("Escape");
  await choose("new env", "New environment");
  await expect(page).toHaveURL(/\/dashboard\/environments\/new$/);
  await choose("log out", "Log out");
  await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
  expect((await page.request.get("/accounts/me")).status()).toBe(401);
});

test("Escape closes it and the focus is where it was; nothing of it is loaded before", async ({ page }) => {
  await signUp(page);
  const before = await page.evaluate(() => performance.getEntriesByType("resource").length);
  await page
    .getByRole("link", { name: "New environment" })
    .or(page.getByRole("link", { name: "Add provider" }))
    .first()
    .focus();
  await open(page, "Control+k", field(page));
  await expect(field(page)).toBeFocused();
  expect(await page.evaluate(() => performance.getEntriesByType("resource").length)).toBeGreaterThan(before);
  await page.keyboard.type("zzzz");
  await expect(page.getByText("Nothing is called that.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(field(page)).toHaveValue("");
  await page.keyboard.press("Escape");
  await expect(field(page)).toBeHidden();
  await expect(page.getByRole("link", { name: "Add provider" })).toBeFocused();
});

test("g and a letter lead to places, ? tells which; in a field they are letters", async ({ page }) => {
  await signUp(page);
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await open(page, "?", list);
  await expect(list).toContainText("g p");
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await expect(page.getByRole("heading", { name: "API tokens" })).toBeVisible();
  await page.getByLabel("Name").first().focus();
  await page.keyboard.type("g p?");
  await expect(page.getByLabel("Name").first()).toHaveValue("g p?");
  await expect(page.getByRole("heading", { name: "API tokens" })).toBeVisible();
});

test("what was stopped is started after a question; its id is copied; its Docker, log and terminal are opened", async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { environment } = await begin(page);
  const own = `/dashboard/environments/${environment}`;
  const command = async (words: string, label: string) => {
    await open(page, "Control+k", field(page));
    await page.keyboard.type(words);
    await expect(active(page)).toContainText(label);
    await page.keyboard.press("Enter");
  };
  await command("docker prod", "Docker of production");
  await expect(page).toHaveURL(new RegExp(`${own}/docker$`));
  await command("logs prod", "Log of production");
  await expect(page.getByRole("log", { name: "Log of web" })).toBeVisible();
  await command("terminal prod", "Terminal on production");
  await expect(page).toHaveURL(new RegExp(`${own}/nodes/web/terminal$`));
  await expect(page.getByRole("heading", { name: "Terminal of web" })).toBeVisible();
  await command("scale prod", "Scale production");
  await expect(page).toHaveURL(new RegExp(`${own}/scale$`));
  await command("settings prod", "Settings of production");
  await expect(page).toHaveURL(new RegExp(`${own}/settings$`));
  await command("clone prod", "Clone production");
  await expect(page).toHaveURL(new RegExp(`/new\\?from=${environment}$`));
  await command("delete prod", "Delete production");
  await expect(page.getByRole("heading", { name: "Delete the environment" })).toBeInViewport();
  await page.goto("/dashboard");
  await command("copy prod", "Copy id of production");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(environment);

  await send(page, "POST", `/environments/${environment}/stop`);
  await command("start prod", "Start production");
  await expect(page.getByText(/2 servers are started again/)).toBeVisible();
  await page.getByRole("button", { name: "Start all servers" }).click();
  await expect(page).toHaveURL(new RegExp(`${own}$`));
  await expect(page.getByRole("list", { name: "Timeline" })).toContainText("asked to start it");
  expect((await send(page, "GET", `/environments/${environment}`)).wish).toBe("run");
});

test("on a narrow screen the places and the search are behind buttons, and a place chosen closes the sheet", async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signUp(page);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("link", { name: "SSH keys" }).click();
  await expect(page.getByRole("heading", { name: "SSH keys", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "SSH keys" })).toBeHidden();
  await page.getByRole("button", { name: "Search" }).first().click();
  await expect(field(page)).toBeFocused();
});

test("the overview is sorted, narrowed and kept by its URL", async ({ page }) => {
  await begin(page);
  const names = page.locator("tbody tr td:first-child a");
  await expect(names).toHaveText(["production", "staging"]);
  await expect(page.getByText(/^\$\d+.* a month as everything stands now/)).toBeVisible();
  await page.getByRole("link", { name: "Servers", exact: true }).click();
  await expect(page).toHaveURL(/sort=servers/);
  await expect(names).toHaveText(["staging", "production"]);
  await expect(page.getByRole("columnheader", { name: "Servers" })).toHaveAttribute("aria-sort", "ascending");
  await page.getByLabel("Search environments by name").fill("prod");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=prod/);
  await expect(names).toHaveText(["production"]);
  await page.getByRole("combobox", { name: "State" }).selectOption("failed");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await page.goBack();
  await expect(names).toHaveText(["production"]);
  await expect(page.getByRole("combobox", { name: "State" })).toHaveValue("");
});

test("the overview is narrowed to a provider and to an application, and searched by the button", async ({ page }) => {
  await begin(page);
  const [other] = await send(page, "POST", "/providers", {
    ...{ cloud_provider: "ec2", provider_name: "other", practice: true },
  });
  const [application] = await send(page, "POST", "/applications", { application_name: "blog" });
  const nodes = [{ name: "web", size: "t3.micro", packages: ["nginx"] }];
  const wish = { provider_id: other.id, region: "eu-west-1", environment: "trial", nodes };
  await send(page, "POST", `/applications/${application.id}/environments`, wish);
  await page.reload();
  const names = page.locator("tbody tr td:first-child a");
  const [provider, chosen] = [page.getByLabel("Provider"), page.getByLabel("Application", { exact: true })];
  await expect(names).toHaveText(["production", "staging", "trial"]);
  await provider.selectOption("other");
  await expect(names).toHaveText(["trial"]);
  await chosen.selectOption("shop");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await provider.selectOption("Any provider");
  await expect(names).toHaveText(["production", "staging"]);
  await page.getByLabel("Search environments by name").fill("stag");
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
  await expect(names).toHaveText(["staging"]);
  await page.reload();
  await expect(names).toHaveText(["staging"]);
  await expect(chosen.locator("option:checked")).toHaveText("shop");
});
