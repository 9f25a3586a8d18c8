import { expect, type Page } from "@playwright/test";
import { beginOnAmazon, makeOnAmazon, runningIn } from "./amazon.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { practiceClouds } from "./stage.ts";

const dayMs = 24 * 3_600_000;
const clouds = practiceClouds();

test.setTimeout(180_000);

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const kept = (page: Page, id: string) => send(page, "GET", `/environments/${id}`);

test("an end is put off by a day or a week, or taken away, in the settings and where it is announced", async ({
  page,
}) => {
  const id = await makeOnAmazon(page, await beginOnAmazon(page), { ttl_hours: 5 });
  const end = async () => Date.parse((await kept(page, id)).expires_at ?? "");
  const first = await end();
  await page.goto(`/dashboard/environments/${id}/settings`);
  const banner = section(page, "End of its life");
  const expiry = section(page, "Time to live");
  let days = 7;
  await banner.getByRole("button", { name: "+1 week" }).click();
  await expect.poll(end).toBe(first + days * dayMs);
  await expect(banner).toHaveCount(0);
  for (const [name, more] of [
    ["+1 day", 1],
    ["+1 week", 7],
  ] as const) {
    days += more;
    await expect(expiry).toContainText(`in ${days - more} d`);
    await expiry.getByRole("button", { name }).click();
    await expect.poll(end).toBe(first + days * dayMs);
  }
  await expiry.getByRole("button", { name: "Never" }).click();
  await expect(expiry).toContainText("It has no end");
  expect((await kept(page, id)).expires_at).toBeNull();

  await send(page, "PUT", `/environments/${id}/settings`, { ttl_hours: 5 });
  await page.reload();
  await banner.getByRole("button", { name: "Never" }).click();
  await expect(banner).toHaveCount(0);
  await expect(expiry).toContainText("It has no end");
  expect((await kept(page, id)).expires_at).toBeNull();
  await send(page, "DELETE", `/environments/${id}`);
});

test("what is to be healed is made again when it is lost; hours that are set are changed, and taken away", async ({
  page,
}) => {
  const id = await makeOnAmazon(page, await beginOnAmazon(page));
  await page.goto(`/dashboard/environments/${id}/settings`);
  const general = section(page, "General");
  const heal = general.getByLabel("Make lost servers again by itself");
  await heal.check();
  await general.getByRole("button", { name: "Save" }).click();
  await expect(general.getByRole("status")).toHaveText("Saved");
  expect((await kept(page, id)).heal).toBe(true);
  await page.reload();
  await expect(heal).toBeChecked();
  const node = async () => (await kept(page, id)).nodes[0];
  const server = async () => {
    const { server_id } = await node();
    return runningIn(clouds.amazon).find((one) => one.id === server_id);
  };
  // A server that is lost before it was seen to run is waited for.
  await expect.poll(async () => (await node()).state, { timeout: 30_000 }).toBe("installing");
  const lost = (await server())!;
  lost.state = "terminated";
  await expect.poll(async () => (await server())?.id ?? lost.id, { timeout: 60_000 }).not.toBe(lost.id);

  const nights = { days: [1, 7], start: "20:00", stop: "06:00", time_zone: "UTC" };
  await send(page, "PUT", `/environments/${id}/settings`, { schedule: nights });
  await page.reload();
  const schedule = section(page, "Schedule");
  await schedule.getByLabel("Starts at").fill("21:30");
  await schedule.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await schedule.getByRole("button", { name: "Save the schedule" }).click();
  await expect(schedule.getByRole("status")).toHaveText("Saved");
  expect((await kept(page, id)).schedule).toEqual({ ...nights, start: "21:30", time_zone: "Asia/Tokyo" });
  await page.reload();
  await expect(schedule.getByLabel("Starts at")).toHaveValue("21:30");
  await schedule.getByRole("button", { name: "Run always" }).click();
  await expect(schedule).toContainText("No schedule is set: it runs always.");
  await expect(schedule.getByRole("button", { name: "Set the schedule" })).toBeVisible();
  expect((await kept(page, id)).schedule).toBeNull();
  await send(page, "DELETE", `/environments/${id}`);
});
