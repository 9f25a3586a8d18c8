import { type Browser, expect, type Page } from "@playwright/test";
import { dockerAvailable } from "../support/docker.ts";
import { signUp } from "./account.ts";
import { clusterPages } from "./addresses.ts";
import { test } from "./awake.ts";
import { everyPage, inNode, shop, withCluster } from "./cluster-pages.ts";
import { confirm, dialog } from "./dialog.ts";
import { memberPage } from "./member.ts";
import { pressTools } from "./terminal-tools.ts";
import { expectAccessible } from "./violations.ts";

const minuteMs = 60_000;
/** A task is replaced, a state shows. */
const soon = { timeout: 60_000, intervals: [1_000] };

test.describe("a Docker cluster, by a real browser", () => {
  test.skip(!dockerAvailable, "no Docker engine answers");
  test.setTimeout(12 * minuteMs);

  test("a Compose file is deployed, scaled and looked into; containers obey; a viewer only reads; all of it is removed", async ({
    page,
    browser,
  }) => {
    await signUp(page);
    await withCluster(page, async (own, server) => {
      const sleeping = ["busybox", "sleep", "3600"];
      inNode(server, ["tag", "busybox", "busybox:1"]);
      inNode(server, ["run", "-d", "--stop-timeout", "1", "--name", "plain", ...sleeping]);
      inNode(server, ["commit", "plain", "keepsake:1"]);
      inNode(server, ["service", "create", "-d", "--name", "lone", "--endpoint-mode", "dnsrr", ...sleeping]);
      await deploy(page, own);
      await scale(page, own);
      await changeServices(page, own);
      await lookInside(page, own);
      await command(page, own);
      await addThings(page, own);
      const pages = await everyPage(page, own);
      expect(pages).toHaveLength(clusterPages.length);
      for (const path of pages) await expectGood(page, path);
      await openLastTab(page, own);
      await lookAsViewer(page, browser, own);
      for (const role of ["operator", "admin"]) await openAll(await memberPage(page, browser, role), pages);
      await removeAll(page, own);
    });
  });
});

/** Reads the page again until it says so. */
const eventually = (page: Page, check: () => Promise<void>) =>
  expect(async () => {
    await page.reload();
    await check();
  }).toPass(soon);

async function deploy(page: Page, own: string): Promise<void> {
  await page.goto(`${own}/stacks`);
  await page.getByRole("link", { name: "Deploy a Compose file" }).first().click();
  const file = page.getByLabel("Compose file", { exact: true });
  await page.getByRole("button", { name: "Start from the example" }).click();
  await expect(file).toHaveValue(/nginx/);
  await expect(page.getByRole("link", { name: "Stacks" }).first()).toHaveAttribute("aria-current", "page");
  await page.getByLabel("Stack", { exact: true }).fill("shop");
  await file.fill("services: { web: { build: . } }");
  await page.getByRole("button", { name: "Show the plan" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "image" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Deploy", exact: true })).toHaveCount(0);
  await file.fill(shop);
  await page.getByRole("button", { name: "Show the plan" }).click();
  await expect(page.getByRole("region", { name: "Plan" })).toContainText("shop_web");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await expect(page.getByRole("region", { name: "What was done" })).toContainText("created", { timeout: 60_000 });
  await page.getByRole("link", { name: "See the stack" }).click();
  await expect(page.getByRole("heading", { name: "shop", exact: true })).toBeVisible();
  await expect(page.getByRole("row", { name: /shop_web/ })).toBeVisible();
}

const told = (page: Page) => expect(page.getByRole("status").filter({ hasText: "The swarm is told" })).toBeVisible();

/** Both tasks of the shop's service run. */
async function bothRun(page: Page, own: string): Promise<void> {
  await page.goto(`${own}/services/shop_web`);
  const running = page.getByRole("table", { name: "Tasks" }).getByRole("row", { name: /running/ });
  await eventually(page, () => expect(running).toHaveCount(2, { timeout: 3_000 }));
}

async function scale(page: Page, own: string): Promise<void> {
  await page.goto(`${own}/services/shop_web`);
  await page.getByLabel("Replicas").fill("2");
  await page.getByRole("button", { name: "Scale" }).click();
  await told(page);
  // Nobody reads the page again.
  const running = page.getByRole("table", { name: "Tasks" }).getByRole("row", { name: /running/ });
  await expect(running).toHaveCount(2, { timeout: 60_000 });
}

/** A service is given another image, put back, started anew and removed. */
async function changeServices(page: Page, own: string): Promise<void> {
  await page.goto(`${own}/services/lone`);
  await page.getByLabel("Image").fill("busybox:1");
  await page.getByRole("button", { name: "Update" }).click();
  await told(page);
  await eventually(page, () => expect(page.getByLabel("Image")).toHaveValue("busybox:1", { timeout: 3_000 }));
  await page.getByRole("button", { name: "Roll back" }).click();
  await expect(dialog(page)).toContainText("what it was before its last change");
  await confirm(page, "Roll back");
  await expect(dialog(page)).toHaveCount(0);
  await eventually(page, () => expect(page.getByLabel("Image")).toHaveValue(/^busybox(:latest)?$/, { timeout: 3_000 }));
  await page.getByRole("button", { name: "Restart", exact: true }).click();
  await confirm(page, "Restart all tasks");
  await expect(dialog(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await confirm(page, "Remove service");
  await expect(page).toHaveURL(/\/services$/);
  await expect(page.getByRole("row", { name: /lone/ })).toHaveCount(0);
}

async function lookInside(page: Page, own: string): Promise<void> {
  await page.goto(`${own}/containers?q=shop_web`);
  const tasks = page.getByRole("table", { name: "Containers" }).getByRole("link", { name: /^shop_web\.\d/ });
  await expect(tasks).toHaveCount(2);
  await tasks.first().click();
  await expect(page.getByText("hunter2")).toHaveCount(0);
  await page.getByRole("button", { name: /Show 1 that looks like a secret/ }).click();
  await expect(page.getByText("hunter2")).toBeVisible();
  await page.getByRole("button", { name: "Hide what looks like a secret" }).click();
  await expect(page.getByText("hunter2")).toHaveCount(0);
  await expect(page.getByText(/MiB of/)).toBeVisible({ timeout: 15_000 });
  await page.getByRole("link", { name: /^Logs of/ }).click();
  await expect(page.getByRole("log")).toContainText("hello from a task");
  await page.getByRole("link", { name: "Container", exact: true }).click();
  await page.getByRole("link", { name: /^Terminal in/ }).click();
  const terminal = page.getByRole("region", { name: /^Terminal of/ });
  await expect(terminal.getByRole("status")).toHaveText("Connected", { timeout: 30_000 });
  await page.keyboard.type("echo $MODE-$((6 * 7))\n");
  await expect(terminal.locator(".xterm-rows")).toContainText("test-42");
  await page.keyboard.type("printf '\\033[32m%s\\033[0m\\n' gre''en\n");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await pressTools(page, terminal, "green");
}

/** A container that is no service's obeys; what is asked about first says what it does. */
async function command(page: Page, own: string): Promise<void> {
  await page.goto(`${own}/containers?q=plain`);
  await page.getByRole("link", { name: "plain", exact: true }).click();
  const state = (word: string) =>
    expect(page.getByRole("heading", { name: "plain", exact: true }).locator("..")).toContainText(word, soon);
  await state("running");
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(dialog(page)).toContainText("frozen");
  await confirm(page, "Pause");
  await state("paused");
  await page.getByRole("button", { name: "Resume plain" }).click();
  await state("running");
  await page.getByRole("button", { name: "Stop plain" }).click();
  await confirm(page, "Stop");
  await state("exited");
  await page.getByRole("button", { name: "Start plain", exact: true }).click();
  await state("running");
  await page.getByRole("button", { name: "Restart plain" }).click();
  await confirm(page, "Restart");
  await expect(dialog(page)).toHaveCount(0);
  await state("running");
  await page.getByRole("button", { name: "Remove plain" }).click();
  await expect(dialog(page)).toContainText("It runs: it is killed first.");
  await confirm(page, "Remove");
  await expect(page).toHaveURL(/\/containers$/);
  await expect(page.getByRole("link", { name: "plain", exact: true })).toHaveCount(0);
}

/** A network, a volume and a label. */
async function addThings(page: Page, own: string): Promise<void> {
  for (const [path, label, name] of [
    ["networks", "New network", "backbone"],
    ["volumes", "New volume", "archive"],
  ] as const) {
    await page.goto(`${own}/${path}`);
    await page.getByLabel(label).fill(name);
    await page.getByRole("button", { name: "Create" }).click();
    await expect(page.getByRole("row", { name: new RegExp(name) })).toBeVisible({ timeout: 20_000 });
  }
  await page.goto(`${own}/nodes`);
  await page.getByRole("button", { name: "Labels" }).click();
  await page.getByLabel("One label a line").fill("disk=ssd");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("list", { name: "Labels of web" })).toContainText("disk=ssd");
  await page.getByRole("button", { name: "Drain" }).click();
  await expect(dialog(page)).toContainText("volumes stay on web");
  await confirm(page, "Drain");
  const node = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "web" }) });
  await expect(node).toContainText("drain");
  await page.getByRole("button", { name: "Take tasks again" }).click();
  await expect(page.getByRole("button", { name: "Drain" })).toBeVisible();
  await bothRun(page, own);
  await page.goto(`${own}/images`);
  await page.getByLabel("Pull an image onto every node").fill("127.0.0.1:1/nothing:here");
  await page.getByRole("button", { name: "Pull" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "127.0.0.1:1" })).toBeVisible({ timeout: 60_000 });
}

/** Axe finds nothing in either theme, and the page fits a telephone. */
async function expectGood(page: Page, path: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(path);
  await expect(page.locator("h1")).toHaveCount(1);
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  const overPx = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overPx, path).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** On a telephone the row of tabs shows the one that is open. */
async function openLastTab(page: Page, own: string): Promise<void> {
  await page.setViewportSize({ width: 360, height: 740 });
  const last = page.getByRole("navigation", { name: "Docker", exact: true }).getByRole("link", { name: "Nodes" });
  await page.goto(own);
  await expect(last).not.toBeInViewport({ ratio: 1 });
  await page.goto(`${own}/nodes`);
  await expect(last).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Who may act opens each page too, and is offered what it is for. */
async function openAll(page: Page, pages: readonly string[]): Promise<void> {
  for (const path of pages) {
    expect((await page.goto(path))!.status(), path).toBe(200);
    await expect(page.locator("h1"), path).toHaveCount(1);
    await expect(page.getByText(/needs the role/), path).toHaveCount(0);
  }
  await page.context().close();
}

async function lookAsViewer(owner: Page, browser: Browser, own: string): Promise<void> {
  const page = await memberPage(owner, browser, "viewer");
  await page.goto(`${own}/containers?state=running`);
  await expect(page.getByRole("link", { name: /^Logs of/ })).toHaveCount(2);
  await expect(page.getByRole("link", { name: /^Terminal in/ })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^(Stop|Restart|Remove) / })).toHaveCount(0);
  const container = await page
    .getByRole("link", { name: /^shop_web/ })
    .first()
    .getAttribute("href");
  await page.goto(`${container}/terminal`);
  await expect(page.getByText("needs the role operator")).toBeVisible();
  await page.goto(`${own}/deploy`);
  await expect(page.getByText("Deploying needs the role operator; yours is viewer.")).toBeVisible();
  await page.goto(`${own}/services/shop_web`);
  await expect(page.getByRole("table", { name: "Tasks" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Scale" })).toHaveCount(0);
  await expectAccessible(page);
  await page.context().close();
}

async function removeAll(page: Page, own: string): Promise<void> {
  await page.goto(`${own}/stacks/shop`);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(dialog(page)).toContainText("Its volumes stay");
  await confirm(page, "Remove stack");
  await expect(page).toHaveURL(/\/stacks$/, { timeout: minuteMs });
  await page.goto(`${own}/networks`);
  await page.getByRole("button", { name: "Remove network backbone" }).click();
  await confirm(page, "Remove");
  await expect(page.getByRole("row", { name: /backbone/ })).toHaveCount(0);
  await page.goto(`${own}/volumes`);
  await eventually(page, () =>
    expect(page.getByRole("row", { name: /shop_data/ })).toContainText("nobody", { timeout: 3_000 }),
  );
  await page.getByRole("button", { name: "Remove volume shop_data" }).click();
  await confirm(page, "Remove");
  await expect(page.getByRole("row", { name: /shop_data/ })).toHaveCount(0);
  await page.goto(`${own}/images`);
  await page.getByRole("button", { name: "Remove image keepsake:1" }).click();
  await expect(dialog(page)).toContainText("from web");
  await confirm(page, "Remove");
  await expect(page.getByRole("row", { name: /keepsake/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Remove 1 unused image" }).click();
  await confirm(page, "Remove them");
  await expect(page.getByRole("heading", { name: "No image yet" })).toBeVisible({ timeout: 20_000 });
}
