import { expect } from "@playwright/test";
import { beginOnAmazon, makeOnAmazon } from "./amazon.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { practiceClouds } from "./stage.ts";

practiceClouds();

test("a page of which a part could not be fetched says so, and is whole again when it is tried again", async ({
  page,
}) => {
  const id = await makeOnAmazon(page, await beginOnAmazon(page));
  await page.goto(`/dashboard/environments/${id}`);
  const log = page.getByRole("button", { name: "Log of web" });
  await expect(log).toBeVisible();
  const scripts = "**/_next/static/chunks/**";
  await page.route(scripts, (route) => route.abort());
  await log.click();
  await expect(page.getByRole("heading", { name: "Something went wrong on our side" })).toBeVisible();
  await page.unroute(scripts);
  const loaded = page.waitForEvent("load");
  await page.getByRole("button", { name: "Try again" }).click();
  await loaded;
  await log.click();
  await expect(page.getByRole("log", { name: "Log of web" })).toBeVisible();
  await send(page, "DELETE", `/environments/${id}`);
});
