import { expect, type Locator, type Page } from "@playwright/test";
import { beginOnAmazon, makeOnAmazon, runningIn } from "./amazon.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { practiceClouds } from "./stage.ts";

const clouds = practiceClouds();

test.setTimeout(120_000);

test("a server that its cloud refused is tried again once there is room for it; what was said stays in its logs", async ({
  page,
}) => {
  const { behaviour } = clouds.amazon;
  const { vcpuQuota } = behaviour;
  behaviour.vcpuQuota = 0;
  const id = await makeOnAmazon(page, await beginOnAmazon(page));
  await page.goto(`/dashboard/environments/${id}`);
  const node = page.getByRole("article", { name: "Node web" });
  await expect(node).toContainText("current vCPU limit of 0", { timeout: 30_000 });
  behaviour.vcpuQuota = vcpuQuota;
  await page.getByRole("button", { name: "Preparation log" }).click();
  await expect(page.getByRole("log", { name: "Preparation log" })).toContainText("security group are in place");
  await node.getByRole("button", { name: "Retry" }).click();
  const server = async () => {
    const { nodes } = await send(page, "GET", `/environments/${id}`);
    return runningIn(clouds.amazon).find((one) => one.id === nodes[0].server_id);
  };
  await expect.poll(server, { timeout: 30_000 }).toBeDefined();
  await expect(node.getByRole("button", { name: "Retry" })).toHaveCount(0);

  await page.setViewportSize({ width: 360, height: 640 });
  await node.getByRole("button", { name: "Log of web" }).click();
  const log = page.getByRole("log", { name: "Log of web" });
  await expect(log).toContainText("asked to try again");
  await returnToEnd(page, log, "Newest");
  await page.getByRole("link", { name: "Search the log of web" }).click();
  await expect(page).toHaveURL(/\/nodes\/web\/log$/);
  await returnToEnd(page, log, "Follow");
  const wraps = page.getByRole("button", { name: "Wrap lines" });
  const sideways = () => log.evaluate((box) => box.scrollWidth > box.clientWidth);
  await wraps.click();
  await expect(wraps).toHaveAttribute("aria-pressed", "false");
  expect(await sideways()).toBe(true);
  await wraps.click();
  await expect.poll(sideways).toBe(false);
  await expect(log.locator("time").first()).toHaveText(/^[\d:.]+$/);
  await page.getByRole("button", { name: "Times" }).click();
  await expect(log.locator("time")).toHaveCount(0);
  await page.getByLabel("Level").selectOption("Errors");
  await expect(log).not.toContainText("asked to try again");
  await expect(log).toContainText("current vCPU limit of 0");
  await send(page, "DELETE", `/environments/${id}`);
});

/** Whoever scrolls up is led back down to the newest line. */
async function returnToEnd(page: Page, log: Locator, button: string): Promise<void> {
  const fromEndPx = () => log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);
  await expect.poll(fromEndPx).toBeLessThan(24);
  await log.evaluate((box) => box.scrollTo({ top: 0 }));
  await page.getByRole("button", { name: button, exact: true }).click();
  await expect.poll(fromEndPx).toBeLessThan(24);
  await expect(page.getByRole("button", { name: button, exact: true })).toHaveCount(0);
}
