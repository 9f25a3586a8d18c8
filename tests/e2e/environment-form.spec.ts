import { expect, type Page } from "@playwright/test";
import { regionsOf } from "../emulators/ec2/inspect.ts";
import { beginOnAmazon, runningIn } from "./amazon.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { confirm } from "./dialog.ts";
import { pick } from "./listbox.ts";
import { practiceClouds } from "./stage.ts";

const clouds = practiceClouds();

test.setTimeout(120_000);

const row = (page: Page, name: string) => page.getByRole("listitem", { name, exact: true });

const rows = (page: Page) =>
  page
    .getByLabel("Name", { exact: true })
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));

async function choose(page: Page, node: string, field: "Size" | "Packages", value: string): Promise<void> {
  // The usual size comes by itself a moment after the place is known.
  await expect(row(page, node).getByRole("combobox", { name: "Size" })).not.toHaveValue("");
  await pick(row(page, node).getByRole("combobox", { name: field }), value);
}

/** Presses Create; answers the environment as the API has it. */
async function create(page: Page) {
  await page.getByRole("button", { name: "Create environment" }).click();
  await page.waitForURL(/\/environments\/[0-9a-f]{24}$/, { timeout: 30_000 });
  return send(page, "GET", `/environments/${page.url().split("/").at(-1)}`);
}

test("the environment is made with all that the form was told: place, nodes in their order, launch and life", async ({
  page,
}) => {
  await beginOnAmazon(page);
  await page.route("**/providers/*/meta", (route) => route.abort(), { times: 1 });
  await page.goto("/dashboard/environments/new");
  await expect(page.getByText("The provider’s regions and sizes cannot be read")).toBeVisible();
  await expect(page.getByLabel("Region")).toBeDisabled();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByLabel("Region").selectOption("eu-west-1");
  const size = row(page, "web").getByRole("combobox", { name: "Size" });
  await expect(size).not.toHaveValue("");
  await size.fill("none like it");
  await size.press("Enter");
  await expect(page.getByText("Nothing matches.")).toBeVisible();
  // What is not found does not send the form either.
  await expect(page.locator("[aria-invalid]")).toHaveCount(0);
  await size.press("Escape");
  await page.getByLabel("Environment", { exact: true }).fill("nightly");

  await choose(page, "web", "Packages", "nginx");
  await row(page, "web").getByRole("button", { name: "Open 80 on web to everybody" }).click();
  await expect(row(page, "web").getByLabel("Open ports")).toHaveValue("80");
  await page.getByRole("button", { name: "Add node" }).click();
  await choose(page, "node-1", "Size", "t3.small");
  await page.getByRole("button", { name: "Move node-1 up" }).click();
  await expect.poll(() => rows(page)).toEqual(["node-1", "web"]);
  await page.getByRole("button", { name: "Make several of node-1" }).click();
  await confirm(page, "Make 3");
  await expect.poll(() => rows(page)).toEqual(["node-1", "node-2", "node-3", "web"]);
  await page.getByRole("button", { name: "Remove node-2" }).click();
  await expect.poll(() => rows(page)).toEqual(["node-1", "node-3", "web"]);

  const ireland = regionsOf(clouds.amazon).find(({ info }) => info.name === "eu-west-1")!;
  const subnet = [...ireland.subnets.values()][1]!;
  await page.getByLabel("Image").selectOption("ubuntu-24.04");
  await page.getByLabel("Network").selectOption("subnet");
  await page.getByLabel("Subnet").fill(subnet.id);
  await live(page);
  const made = await create(page);
  expect(made).toMatchObject({
    ...{ name: "nightly", region: "eu-west-1", heal: true, protected: true },
    ...{ image: "ubuntu-24.04", network: null, subnet: subnet.id },
    schedule: { days: [2, 3, 4, 5, 6], start: "07:15", stop: "20:45", time_zone: "Europe/Berlin" },
    nodes: [
      { name: "node-1", size: "t3.small", packages: [], expose: [] },
      { name: "node-3", size: "t3.small", packages: [], expose: [] },
      { name: "web", packages: ["nginx"], expose: [{ port: 80, cidr: "0.0.0.0/0" }] },
    ],
  });
  const hours = (Date.parse(made.expires_at) - Date.parse(made.created_at)) / 3_600_000;
  expect(hours).toBeCloseTo(48, 1);
  await expect.poll(() => runningIn(clouds.amazon).map((one) => one.subnet.id)).toEqual(Array(3).fill(subnet.id));
  await send(page, "PUT", `/environments/${made.id}/settings`, { protected: false });
  await send(page, "DELETE", `/environments/${made.id}`);
});

/** Says what becomes of it. */
async function live(page: Page): Promise<void> {
  await page.getByLabel("Make lost servers again by itself").check();
  await page.getByLabel("Protect it against deletion").check();
  await page.getByLabel("Delete by itself after").fill("48");
  await page.getByLabel("Run in certain hours only").check();
  for (const day of ["Monday", "Saturday"]) {
    await page.getByLabel(day).focus();
    await page.keyboard.press("Space");
  }
  await page.getByLabel("From", { exact: true }).fill("07:15");
  await page.getByLabel("To", { exact: true }).fill("20:45");
  await page.getByLabel("Time zone").fill("Europe/Berlin");
}

test("what the form says is saved as a template, and used again in the application whose row began it", async ({
  page,
}) => {
  const { application } = await beginOnAmazon(page, "blog");
  await send(page, "POST", "/applications", { application_name: "newest" });
  await page.goto("/dashboard/applications");
  await page.getByRole("row", { name: /blog/ }).getByRole("link", { name: "New environment" }).click();
  await expect(page.getByLabel("Application", { exact: true })).toHaveValue(application);
  await page.getByLabel("Environment", { exact: true }).fill("first");
  await page.getByLabel("Region").selectOption("eu-west-1");
  await choose(page, "web", "Size", "t3.medium");
  await choose(page, "web", "Packages", "redis");
  await page.getByRole("button", { name: "Save as template" }).click();
  await page.getByLabel("Name of the template").fill("caches");
  await confirm(page, "Save template");
  await page.getByRole("link", { name: "the templates" }).click();
  await page.getByRole("link", { name: "Use caches" }).click();

  await expect(row(page, "web")).toContainText("Redis");
  await page.getByLabel("Application", { exact: true }).selectOption({ label: "blog" });
  await page.getByLabel("Environment", { exact: true }).fill("second");
  await page.getByLabel("Region").selectOption("eu-west-1");
  await page.getByLabel("Network").selectOption("default");
  const made = await create(page);
  const nodes = [{ name: "web", size: "t3.medium", packages: ["redis"] }];
  expect(made).toMatchObject({ name: "second", application_id: application, network: "default", nodes });
  await send(page, "DELETE", `/environments/${made.id}`);
});
