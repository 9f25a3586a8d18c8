import { expect, type Page } from "@playwright/test";
import { signUp } from "./account.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { practiceClouds } from "./stage.ts";
import { expectAccessible } from "./violations.ts";

practiceClouds();

/** A new account with both practice clouds. */
async function begin(page: Page): Promise<void> {
  await signUp(page);
  for (const cloud_provider of ["digital_ocean", "ec2"])
    await send(page, "POST", "/providers", { cloud_provider, provider_name: cloud_provider, practice: true });
}

/** Presses Tab until what has the focus goes by this name; 90 steps at the most. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const named = () =>
    page.evaluate(() => {
      const at = document.activeElement as HTMLInputElement | null;
      return at?.getAttribute("aria-label") ?? at?.labels?.[0]?.textContent?.trim() ?? at?.textContent?.trim() ?? "";
    });
  const fits = (found: string) => (typeof name === "string" ? found === name : name.test(found));
  for (let step = 0; step < 90 && !fits(await named()); step += 1) await page.keyboard.press("Tab");
  expect(await named()).toMatch(name);
}

const names = (page: Page) =>
  page
    .getByLabel("Name", { exact: true })
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));

test("an environment is made and deleted by the keyboard alone: place, template, rows moved and multiplied, plan, create", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await begin(page);
  await page.goto("/dashboard/environments/new");
  await tabTo(page, "New application’s name");
  await page.keyboard.type("shop");
  await tabTo(page, "Environment");
  await page.keyboard.type("staging");
  await tabTo(page, "Region");
  await expect(page.getByLabel("Region")).toBeEnabled();
  await page.keyboard.type("fra1");
  await expect(page.getByLabel("Region")).toHaveValue("fra1");
  await tabTo(page, "Start from a template");
  await page.keyboard.type("lemp");
  await page.keyboard.press("Enter");
  await expect.poll(() => names(page)).toEqual(["web", "data"]);
  await tabTo(page, "Make several of web");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByLabel("How many")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("2");
  await page.keyboard.press("Enter");
  await expect.poll(() => names(page)).toEqual(["web-1", "web-2", "data"]);
  await tabTo(page, "Move web-1 down");
  await page.keyboard.press("Enter");
  await expect.poll(() => names(page)).toEqual(["web-2", "web-1", "data"]);
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(() => names(page)).toEqual(["web-1", "web-2", "data"]);
  await expect(page.getByRole("status").filter({ hasText: /an hour/ })).toContainText("3 servers", { timeout: 20_000 });
  await expectAccessible(page);
  await tabTo(page, "Create environment");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /staging/ })).toBeVisible({ timeout: 30_000 });

  await tabTo(page, "Delete");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Delete staging?" })).toContainText("the server web-1");
  await tabTo(page, "Delete all servers");
  await page.keyboard.press("Enter");
  await expect(page.locator("h1").getByRole("status")).toHaveText(/delet/);
});

test("a draft outlives a reload, errors stand at their fields, and YAML comes out of the form and back into it", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await begin(page);
  await page.goto("/dashboard/environments/new");
  await page.getByLabel("Region").selectOption("fra1");
  await page.getByLabel("Open ports").fill("80, http");
  await page.getByRole("button", { name: "Create environment" }).click();
  await expect(page.getByLabel("New application’s name")).toBeFocused();
  await expect(page.getByLabel("Open ports")).toHaveAccessibleDescription(/“http” is no port/);
  await page.getByLabel("Open ports").fill("80, 443 from 203.0.113.0/24");
  await page.getByLabel("Environment", { exact: true }).fill("yes");
  await page.getByLabel("Run in certain hours only").check();
  await page.reload();
  await expect(page.getByText("What you had begun is here again.")).toBeVisible();
  await expect(page.getByLabel("Environment", { exact: true })).toHaveValue("yes");
  await expect(page.getByLabel("Open ports")).toHaveValue("80, 443 from 203.0.113.0/24");

  await page.getByText("The same by curl or YAML").click();
  await page.getByRole("tab", { name: "YAML", exact: true }).click();
  const yaml = page.getByRole("region", { name: "YAML" });
  await expect(yaml).toContainText('environment: "yes"');
  await expect(yaml).toContainText('- { port: 443, cidr: "203.0.113.0/24" }');
  const text = (await yaml.textContent()) ?? "";
  await page.getByRole("tab", { name: "Paste YAML" }).click();
  await page
    .getByLabel("YAML of an environment, or JSON")
    .fill(text.replace("name: web", "name: front\n    colour: red"));
  await page.getByRole("button", { name: "Fill in the form" }).click();
  await expect(page.getByText(/nodes\[0\]\.colour: there is no such field/)).toBeVisible();
  await page.getByLabel("YAML of an environment, or JSON").fill(text.replace("name: web", "name: front"));
  await page.getByRole("button", { name: "Fill in the form" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("front");
  await expect(page.getByLabel("Run in certain hours only")).toBeChecked();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("web");
});

test("servers are saved as a template and cloned to another cloud, where sizes as big stand for them", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await begin(page);
  const [provider] = (await send(page, "GET", "/providers")).digital_ocean;
  const [application] = await send(page, "POST", "/applications", { application_name: "shop" });
  const wish = { provider_id: provider.id, region: "fra1", environment: "live" };
  const nodes = [{ name: "db", size: "s-2vcpu-4gb", packages: ["redis"] }];
  const made = await send(page, "POST", `/applications/${application.id}/environments`, { ...wish, nodes });

  await page.goto(`/dashboard/environments/${made.environment}`);
  await page.getByRole("button", { name: "Save as template" }).click();
  await page.getByLabel("Name of the template").fill("shop database");
  await page.getByRole("button", { name: "Save template" }).click();
  await page.getByRole("link", { name: "the templates" }).click();
  const own = page.getByRole("listitem").filter({ hasText: "shop database" });
  await expect(own).toContainText("s-2vcpu-4gb");
  await expectAccessible(page);
  await own.getByRole("button", { name: "Rename template shop database" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("LAMP");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog").getByLabel("Name")).toHaveAccessibleDescription(/already/);
  await page.keyboard.press("Escape");

  await page.goto(`/dashboard/environments/${made.environment}`);
  await page.getByRole("link", { name: "Clone" }).click();
  await expect(page.getByLabel("Environment", { exact: true })).toHaveValue("live-2");
  await expect(page.getByRole("combobox", { name: "Size" })).toHaveValue("s-2vcpu-4gb");
  await page.getByLabel("Provider").selectOption({ label: "ec2 · Practice cloud (simulated)" });
  await page.getByLabel("Region").selectOption("eu-west-1");
  await expect(page.getByText(/s-2vcpu-4gb is not there: .* is as big/)).toBeVisible({ timeout: 20_000 });
  await page.getByRole("button", { name: "Create environment" }).click();
  await expect(page.getByRole("heading", { name: /live-2/ })).toBeVisible({ timeout: 30_000 });
});

test("a provider's sizes are searched, sorted and narrowed to a region, and its page says who uses it", async ({
  page,
}) => {
  await begin(page);
  await page.goto("/dashboard/providers");
  await page.getByRole("link", { name: "ec2", exact: true }).click();
  await page.getByRole("link", { name: "Regions and sizes" }).click();
  await page.getByRole("link", { name: /^eu-west-1/ }).click();
  await expect(page.getByRole("heading", { name: "Sizes in eu-west-1" })).toBeVisible();
  const rows = page.getByRole("table", { name: "Sizes" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("/h");
  await page.getByLabel("Search sizes").fill("t3.small");
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
  await expect(rows).toHaveCount(2);
  await expect(page).toHaveURL(/region=eu-west-1/);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Credentials" }).click();
  await page.getByRole("button", { name: "Remove provider" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove provider" }).click();
  await expect(page).toHaveURL(/\/dashboard\/providers$/);
  await expect(page.getByRole("link", { name: "ec2", exact: true })).toHaveCount(0);
});
