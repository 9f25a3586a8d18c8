import { expect } from "@playwright/test";
import { beginOnAmazon, makeOnAmazon, runningIn } from "./amazon.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { dialog } from "./dialog.ts";
import { pick } from "./listbox.ts";
import { practiceClouds } from "./stage.ts";

const clouds = practiceClouds();

test.setTimeout(180_000);

test("scale: what was to go is kept, sizes are read again, and a plan that loses nothing is applied at once", async ({
  page,
}) => {
  const nodes = [
    { name: "web", size: "t3.micro", packages: ["nginx"] },
    { name: "db", size: "t3.small", packages: ["postgresql"] },
  ];
  const id = await makeOnAmazon(page, await beginOnAmazon(page), { nodes });
  await expect.poll(() => runningIn(clouds.amazon).length, { timeout: 30_000 }).toBe(2);
  const before = runningIn(clouds.amazon).map((one) => one.id);
  await page.route("**/providers/*/meta?*", (route) => route.abort(), { times: 1 });
  await page.goto(`/dashboard/environments/${id}/scale`);
  const sizes = page.getByRole("combobox", { name: "Size" });
  await expect(page.getByText("CloudHero did not answer")).toBeVisible();
  await expect(sizes.first()).toBeDisabled();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(sizes.first()).toBeEnabled();

  const plan = page.getByRole("list", { name: "What changes" });
  await page.getByRole("button", { name: "Remove db" }).click();
  await expect(plan).toContainText(/Remove\s*db/);
  await page.getByRole("button", { name: "Keep db" }).click();
  await expect(page.getByRole("button", { name: "Keep db" })).toHaveCount(0);
  await expect(plan).toHaveCount(0);

  await page.getByRole("button", { name: "Add node" }).click();
  await page.getByLabel("Name", { exact: true }).last().fill("cache");
  const packages = page.getByRole("combobox", { name: "Packages" }).last();
  await pick(packages, "redis");
  await expect(plan).toContainText(/Add\s*cache\s*t3.small, redis/);
  await expect(plan.getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Apply the plan" }).click();
  await expect(page).toHaveURL(new RegExp(`/environments/${id}$`));
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole("article", { name: "Node cache" })).toBeVisible();
  // What it waits for stands in the failure.
  const seen = async () => {
    const { state, last_error, nodes } = await send(page, "GET", `/environments/${id}`);
    return { running: runningIn(clouds.amazon).length, state, last_error, nodes };
  };
  await expect.poll(seen, { timeout: 90_000 }).toMatchObject({ running: 3 });
  expect(runningIn(clouds.amazon).map((one) => one.id)).toEqual(expect.arrayContaining(before));
  const kept = await send(page, "GET", `/environments/${id}`);
  expect(kept.nodes).toMatchObject([...nodes, { name: "cache", size: "t3.small", packages: ["redis"] }]);
  await send(page, "DELETE", `/environments/${id}`);
});
