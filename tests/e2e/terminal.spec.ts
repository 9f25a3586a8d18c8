import { expect, type Locator, type Page } from "@playwright/test";
import { dockerAvailable } from "../support/docker.ts";
import { signUp } from "./account.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { makeNode } from "./real-node.ts";
import { pressTools } from "./terminal-tools.ts";
import { expectAccessible, watchPolicy } from "./violations.ts";

const minuteMs = 60_000;

test.describe("a real node, by a real browser", () => {
  test.skip(!dockerAvailable, "no Docker engine answers");
  test.setTimeout(8 * minuteMs);
  test.use({ actionTimeout: minuteMs });

  test("its terminal runs uname -a under the strict policy, and its log is searched and downloaded", async ({
    page,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const blocked = watchPolicy(page);
    await signUp(page);
    const id = await makeNode(page, []);
    try {
      await typeInTerminal(page, id);
      await readLog(page, id);
    } finally {
      await send(page, "DELETE", `/environments/${id}?wait=120`);
    }
    expect(blocked, "nothing that the policy forbids was tried").toEqual([]);
  });
});

async function typeInTerminal(page: Page, id: string): Promise<void> {
  await page.goto(`/dashboard/environments/${id}`);
  await page.getByRole("link", { name: "Terminal of web" }).click();
  const terminal = page.getByRole("region", { name: "Terminal of web" });
  await expect(terminal.getByRole("status")).toHaveText("Connected", { timeout: 30_000 });
  const rows = terminal.locator(".xterm-rows");
  await page.keyboard.type("uname -a\n");
  await expect(rows).toContainText(/Linux web \d/);
  await page.keyboard.type("printf '\\e[38;2;1;200;3m%s\\e[0m\\n' gre''en\n");
  await expect(rows.locator("span", { hasText: /^green$/ })).toHaveCSS("color", "rgb(1, 200, 3)");
  await expectAccessible(page);
  await pressTools(page, terminal, "green");

  await page.keyboard.press("Shift+Escape");
  await expect(terminal.getByRole("button", { name: "Copy what is selected" })).toBeFocused();
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0);
  }
  await terminal.getByRole("textbox", { name: "Terminal of web" }).focus();
  await page.keyboard.type("exit 3\n");
  await expect(terminal.getByRole("status")).toHaveText("The program ended with exit status 3.");
  await terminal.getByRole("button", { name: "Connect again" }).click();
  await expect(terminal.getByRole("status")).toHaveText("Connected", { timeout: 30_000 });
}

/** Of a phase that is chosen, its own lines are shown alone. */
async function readPhases(page: Page, log: Locator): Promise<void> {
  const phase = page.getByRole("combobox", { name: "Phase" });
  await phase.selectOption("1/2 preparing");
  await expect(log).not.toContainText("web is ready");
  await expect(log.locator("p").first()).toContainText("1/2 preparing");
  await phase.selectOption("2/2 checking");
  await expect(log).toContainText("web is ready");
  await expect(log.locator("p").first()).toContainText("2/2 checking");
  await phase.selectOption("All phases");
  await expect(log).toContainText("1/2 preparing");
}

async function readLog(page: Page, id: string): Promise<void> {
  await page.goto(`/dashboard/environments/${id}/nodes/web/log`);
  const log = page.getByRole("log", { name: "Log of web" });
  await expect(log).toContainText("web is ready");
  const search = page.getByRole("searchbox", { name: "Search the log" });
  // What is typed before the page has its script is nobody's.
  await expect(async () => {
    await search.fill("");
    await search.fill("IS READY");
    await expect(log.locator("mark")).toHaveText("is ready", { timeout: 2_000 });
  }).toPass();
  await expect(log).not.toContainText("preparing");
  await search.fill("");
  await readPhases(page, log);
  await search.fill("IS READY");
  await expect(log).not.toContainText("preparing");
  await expectAccessible(page);
  const link = log.getByRole("link").first();
  await link.click();
  await expect(page).toHaveURL(/\?line=\d+$/);
  await expect(log).toContainText("preparing");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toBe("web.log");
}
