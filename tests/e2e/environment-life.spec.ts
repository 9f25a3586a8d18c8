import { expect, type Page } from "@playwright/test";
import { beginOnAmazon, makeOnAmazon, runningIn } from "./amazon.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { pick } from "./listbox.ts";
import { practiceClouds } from "./stage.ts";
import { expectAccessible } from "./violations.ts";

const clouds = practiceClouds();

test.setTimeout(180_000);

/** Signs up, and makes an environment of two pretended servers; answers its id. */
async function begin(page: Page): Promise<string> {
  const nodes = [
    { name: "web", size: "t3.micro", packages: ["nginx"], expose: [{ port: 80 }] },
    { name: "db", size: "t3.small", packages: ["postgresql"] },
  ];
  return makeOnAmazon(page, await beginOnAmazon(page), { nodes });
}

const tab = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Pages of the environment" }).getByRole("link", { name });
const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const running = () => runningIn(clouds.amazon);

test("settings: a name, hours, an end that is put off in one click, and a protection that is taken off by the typed name", async ({
  page,
}) => {
  const id = await begin(page);
  await page.goto(`/dashboard/environments/${id}`);
  await tab(page, "Settings").click();
  const general = section(page, "General");
  await general.getByLabel("Name").fill("night shift");
  await general.getByRole("button", { name: "Save" }).click();
  await expect(general.getByRole("status")).toHaveText("Saved");
  await expect(page.locator("h1")).toContainText("night shift");

  const schedule = section(page, "Schedule");
  for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) {
    await schedule.getByLabel(day).focus();
    await page.keyboard.press("Space");
  }
  await schedule.getByRole("button", { name: "Set the schedule" }).click();
  await expect(schedule.getByText("Has at least one day")).toBeVisible();
  await schedule.getByLabel("Sunday").focus();
  await page.keyboard.press("Space");
  await schedule.getByLabel("Stops at").fill("06:00");
  await expect(schedule.getByText("On the next day")).toBeVisible();
  await schedule.getByLabel("Time zone").selectOption("Europe/Berlin");
  await schedule.getByRole("button", { name: "Set the schedule" }).click();
  await expect(schedule.getByText(/It (starts|stops) next in \d/)).toBeVisible();
  const kept = await send(page, "GET", `/environments/${id}`);
  expect(kept.schedule).toEqual({ days: [7], start: "08:00", stop: "06:00", time_zone: "Europe/Berlin" });

  const expiry = section(page, "Time to live");
  await expiry.getByLabel("Delete it").selectOption("4 hours from now");
  await expiry.getByRole("button", { name: "Save" }).click();
  const banner = section(page, "End of its life");
  await expect(banner).toContainText("Deleted with all its servers in 3 h");
  await expectAccessible(page);
  await banner.getByRole("button", { name: "+1 day" }).click();
  await expect(banner).toHaveCount(0);
  await expect(expiry).toContainText("in 1 d");

  const protection = section(page, "Protection against deletion");
  await protection.getByRole("button", { name: "Protect it" }).click();
  await expect(protection).toContainText("It is protected.");
  await expect(page.getByRole("button", { name: "Delete", exact: true })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Delete the environment" })).toBeDisabled();
  await protection.getByRole("button", { name: "Take the protection off" }).click();
  const dialog = page.getByRole("dialog", { name: "Take the protection off night shift?" });
  await expect(dialog.getByRole("button", { name: "Take the protection off" })).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByLabel("Type night shift to go on").fill("night shift");
  await dialog.getByRole("button", { name: "Take the protection off" }).click();
  await expect(protection).toContainText("It is not protected.");

  await page.getByRole("button", { name: "Delete the environment" }).click();
  const last = page.getByRole("dialog", { name: "Delete night shift?" });
  await expect(last).toContainText("the server db with postgresql and all that is on its disk");
  await last.getByLabel("Type night shift to go on").fill("night shift");
  await last.getByRole("button", { name: "Delete all servers" }).click();
  await expect(page.locator("h1").getByRole("status")).toHaveText(/delet/);
});

test("scale: nothing is done before its plan was seen; then a server is added, one is replaced, and one goes", async ({
  page,
}) => {
  const id = await begin(page);
  await expect.poll(() => running().length, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
  await page.goto(`/dashboard/environments/${id}/scale`);
  await page.getByRole("button", { name: "Add one like web" }).click();
  const plan = page.getByRole("list", { name: "What changes" });
  await expect(plan).toContainText(/Add\s*web-2/);
  await expect(page.getByText(/^From \$.* to \$/)).toBeVisible();
  await page.getByRole("button", { name: "Remove db" }).click();
  const web = page
    .getByRole("listitem")
    .filter({ has: page.getByRole("button", { name: "Add one like web", exact: true }) });
  const ports = web.getByLabel("Open ports");
  await ports.fill("http");
  await expect(ports).toHaveAccessibleDescription(/“http” is no port/);
  await ports.fill("80, 443");
  await pick(web.getByRole("combobox", { name: "Size" }), "t3.medium");
  await expect(web).toContainText("Was t3.micro: gets a new, empty server.");
  await expect(plan).toContainText("t3.micro by a new, empty t3.medium");
  await expect(plan).toContainText(/Remove\s*db/);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Apply the plan" }).click();
  const dialog = page.getByRole("dialog", { name: "Change staging?" });
  await expect(dialog).toContainText("the server web; a new, empty one takes its name");
  await dialog.getByRole("button", { name: "Destroy 2 servers and go on" }).click();
  await expect(page).toHaveURL(new RegExp(`/environments/${id}$`));
  await expect(page.getByRole("article", { name: "Node web-2" })).toBeVisible();
  await expect(page.getByRole("article", { name: "Node db" })).toHaveCount(0, { timeout: 30_000 });
  await expect
    .poll(
      () =>
        running()
          .map(({ type }) => type.InstanceType)
          .sort(),
      { timeout: 40_000 },
    )
    .toEqual(["t3.medium", "t3.micro"]);
  const { nodes } = await send(page, "GET", `/environments/${id}`);
  expect(nodes.map(({ expose }: { expose: unknown[] }) => expose.length)).toEqual([2, 1]);
  await send(page, "DELETE", `/environments/${id}`);
});

test("a page that was cut off shows the truth within two seconds of its return, and misses nothing that happened", async ({
  page,
  context,
  browser,
}) => {
  const id = await begin(page);
  await page.goto(`/dashboard/environments/${id}`);
  await expect(page.getByRole("list", { name: "Timeline" })).toContainText("asked for 2 servers");
  const elsewhere = await browser.newContext({ storageState: await context.storageState() });
  const other = await elsewhere.newPage();
  await other.goto("/dashboard/tokens");

  await context.setOffline(true);
  await send(other, "PUT", `/environments/${id}/settings`, { protected: true, ttl_hours: 5 });
  await send(other, "POST", `/environments/${id}/stop`, {});
  await page.waitForTimeout(3_000);
  await context.setOffline(false);
  const since = Date.now();
  await expect(page.getByRole("button", { name: "Start", exact: true })).toBeVisible({ timeout: 5_000 });
  await expect(section(page, "End of its life")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Protected/ })).toBeVisible();
  const tookMs = Date.now() - since;
  await expect(page.getByRole("list", { name: "Timeline" })).toContainText("asked to stop it");
  await expect(page.getByText("The line to CloudHero is lost")).toHaveCount(0);
  expect(tookMs).toBeLessThan(2_000);
  await elsewhere.close();
});
