import { type Browser, expect, type Page } from "@playwright/test";
import { signUp } from "./account.ts";
import { addresses } from "./addresses.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { memberPage } from "./member.ts";
import { type Made, makeThings, practiceClouds } from "./stage.ts";

practiceClouds();
let owner: Page;
let made: Made;
/** Pages of things that are made here alone. */
let more: { page: string; at: () => string }[];

test.setTimeout(240_000);
test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  owner = await (await browser.newContext({ reducedMotion: "reduce" })).newPage();
  await signUp(owner);
  made = await makeThings(owner);
  const { id: webhook } = await send(owner, "POST", "/integrations/webhooks", {
    name: "a",
    url: "http://127.0.0.1:9/",
  });
  const registry = await send(owner, "POST", "/integrations/docker-hub", {
    ...{ name: "private", url: "http://127.0.0.1:9", username: "robot", password: "secret" },
  });
  more = [
    ["/dashboard/integrations/webhooks/[id]", webhook] as const,
    ["/dashboard/integrations/registries/[id]", registry.id ?? registry[0].id] as const,
  ].map(([page, id]) => ({ page, at: () => page.replace("[id]", id) }));
});
test.afterAll(async () => {
  await owner?.context().close();
});

const pages = addresses.filter(({ open }) => !open);
/** What somebody may do with what is their own, whatever their role. */
const own = new Set(["/dashboard/account", "/dashboard/tokens"]);

/** Buttons and links that change something of the team's. */
const changes =
  /^(new environment|create|add|stop|start|delete|remove|clone|save|apply|set the|protect|check and|check now|practise|invite|rename|use |use$|retry|verify|make |roll|deploy|send|revoke|download csv)/i;
/** Of these, what each role beneath the owner is not offered. */
const beyond: Record<string, RegExp> = {
  viewer: changes,
  operator:
    /^(verify|new secret|send a test|check and|practise|invite|rename|add provider|add registry|add webhook|remove registry|download csv)/i,
  admin: /^(hand )/i,
};

/** What the page offers its reader, by name: in its own part, not in what is around every page. */
async function offers(page: Page): Promise<string[]> {
  const found = page.getByRole("main").locator("button:visible, a:visible");
  return found.evaluateAll((all) =>
    all.map((one) => (one.getAttribute("aria-label") ?? one.textContent ?? "").trim()).filter(Boolean),
  );
}

for (const role of ["admin", "operator", "viewer"] as const)
  test(`a member with the role ${role} opens every page, and is offered nothing that is beyond it`, async ({
    browser,
  }) => {
    const page = await memberPage(owner, browser, role);
    const failures = watch(page);
    const wrong: string[] = [];
    for (const address of [...pages, ...more]) {
      const answer = await page.goto(address.at(made), { waitUntil: "load" });
      expect(answer!.status(), address.page).toBe(200);
      await expect(page.locator("h1"), address.page).toHaveCount(1);
      if (own.has(address.page)) continue;
      const offered = (await offers(page)).filter((name) => beyond[role]!.test(name));
      wrong.push(...offered.map((name) => `${address.page}: ${name}`));
    }
    expect(wrong).toEqual([]);
    expect(failures).toEqual([]);
    await page.context().close();
  });

test("the owner of another organisation finds nothing at the addresses of this one's things", async ({ browser }) => {
  const stranger = await freshPage(browser);
  await signUp(stranger);
  const things = [...pages, ...more].filter(({ page }) => page.includes("["));
  expect(things.length).toBeGreaterThan(6);
  for (const { page, at } of things) {
    await stranger.goto(at(made), { waitUntil: "load" });
    await expect(stranger.getByRole("heading", { name: "Nothing is here" }), page).toBeVisible();
    await expect(stranger.getByText(/production|practice-digital-ocean/), page).toHaveCount(0);
  }
  await stranger.context().close();
});

const freshPage = async (browser: Browser) => (await browser.newContext({ reducedMotion: "reduce" })).newPage();

/** What goes wrong in a page's own script, or on the server, while it is read. */
function watch(page: Page): string[] {
  const failures: string[] = [];
  page.on("pageerror", (error) => failures.push(`${page.url()}: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 500) failures.push(`${response.url()}: ${response.status()}`);
  });
  return failures;
}
