import { expect, type Page } from "@playwright/test";
import { dockerAvailable } from "../support/docker.ts";
import { logOut, signUp } from "./account.ts";
import { test } from "./awake.ts";
import { pick } from "./listbox.ts";
import { expectAccessible } from "./violations.ts";

const minuteMs = 60_000;

test.describe("the main job, by a real browser", () => {
  test.skip(!dockerAvailable, "no Docker engine answers");
  test.setTimeout(12 * minuteMs);

  test("signs up, takes the engine on offer, makes two servers, watches them run, and leaves nothing", async ({
    page,
  }) => {
    await signUp(page);
    await page.getByRole("button", { name: "Use this engine" }).click();
    await expect(page.getByText("Your first environment")).toBeVisible();
    await page.getByRole("link", { name: "New environment" }).click();
    await fillIn(page);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Create environment" }).click();
    await expect(page.getByRole("heading", { name: /staging/ })).toBeVisible({ timeout: 20_000 });
    await page.evaluate(() => Object.assign(window, { sinceTheStart: true }));

    try {
      await watchItRun(page);
      await readCredentials(page);
      await expectAccessible(page);
      await stopAndStart(page);
    } finally {
      await deleteIt(page);
    }
    expect(await page.evaluate(() => "sinceTheStart" in window), "the page was never reloaded").toBe(true);

    await logOut(page);
    await page.goto("/dashboard");
    await expect(page).toHaveURL(/\/login\?next=%2Fdashboard$/);
  });
});

const state = (page: Page) => page.locator("h1").getByRole("status");
const node = (page: Page, name: string) => page.getByRole("article", { name: `Node ${name}` });

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel("New application’s name").fill("shop");
  await page.getByLabel("Environment", { exact: true }).fill("staging");
  await page.getByRole("combobox", { name: "Size" }).click();
  await page
    .getByRole("listbox")
    .getByRole("option", { name: /^small/ })
    .click();
  await pick(page.getByRole("combobox", { name: "Packages" }), "nginx");
  await page.getByRole("button", { name: "Duplicate web" }).click();
  await page.getByLabel("Name", { exact: true }).nth(1).fill("cache");
  await page.getByRole("button", { name: "Remove Nginx" }).nth(1).click();
  await pick(page.getByRole("combobox", { name: "Packages" }).nth(1), "redis");
  await page.getByText("The same by curl").click();
  await expect(page.getByRole("region", { name: "request" })).toContainText(
    '{"name":"cache","size":"small","packages":["redis"]}',
  );
}

async function watchItRun(page: Page): Promise<void> {
  await node(page, "web").getByRole("button", { name: "Log of web" }).click();
  const log = page.getByRole("log", { name: "Log of web" });
  await expect(log).toContainText("installing nginx", { timeout: 8 * minuteMs });
  await expect(state(page)).toHaveText("running", { timeout: 5 * minuteMs });
  await expect(page.getByText("2 of 2 ready")).toBeVisible();
  for (const name of ["web", "cache"]) await expect(node(page, name)).toContainText("ssh -p");
  await expect(page.getByRole("list", { name: "Timeline" })).toContainText("running");
  const fromEndPx = () => log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);
  await expect.poll(fromEndPx, "the log follows its newest line").toBeLessThan(24);
}

async function readCredentials(page: Page): Promise<void> {
  await expect(node(page, "web").getByRole("button", { name: /Credentials/ })).toHaveCount(0);
  await node(page, "cache").getByRole("button", { name: "Credentials of cache" }).click();
  const dialog = page.getByRole("dialog", { name: "Credentials of cache" });
  await expect(dialog).toContainText("redis://");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
}

async function stopAndStart(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByRole("button", { name: "Stop all servers" }).click();
  await expect(state(page)).toHaveText("stopped", { timeout: 2 * minuteMs });
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByRole("button", { name: "Start all servers" }).click();
  await expect(state(page)).toHaveText("running", { timeout: 3 * minuteMs });
}

async function deleteIt(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Delete staging?" });
  await expect(dialog).toContainText("the server cache with redis and all that is on its disk");
  await dialog.getByRole("button", { name: "Delete all servers" }).click();
  await expect(state(page)).toHaveText("deleted", { timeout: 3 * minuteMs });
}
