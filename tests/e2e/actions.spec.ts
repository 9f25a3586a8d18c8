import { expect } from "@playwright/test";
import { regionsOf } from "../emulators/ec2/inspect.ts";
import { logIn, newEmail, signUp } from "./account.ts";
import { beginOnAmazon, makeOnAmazon, runningIn } from "./amazon.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { confirm, dialog } from "./dialog.ts";
import { practiceClouds } from "./stage.ts";

const clouds = practiceClouds();
/** Of an invitation that was sent before all tests: its minute is over at their end. */
let invited: { by: string; email: string; link: string; at: number };

test.setTimeout(180_000);
test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  const by = await signUp(page);
  const email = newEmail();
  const { link } = await send(page, "POST", "/invitations", { email, role: "viewer" });
  invited = { by, email, link, at: Date.now() };
  await page.close();
});

const instances = () => regionsOf(clouds.amazon).flatMap((region) => [...region.instances.values()]);
const running = () => runningIn(clouds.amazon);

test("applications: a name that is taken is refused, one with an environment stays, an empty one goes", async ({
  page,
}) => {
  const made = await beginOnAmazon(page, "shop");
  await makeOnAmazon(page, made);
  await page.goto("/dashboard/applications");
  for (const name of ["shop", "blog"]) {
    await page.getByLabel("New application").fill(name);
    await page.getByRole("button", { name: "Create application" }).click();
    if (name === "shop") await expect(page.getByLabel("New application")).toHaveAttribute("aria-invalid", "true");
    else await expect(page.getByRole("row", { name: /blog/ })).toBeVisible();
  }
  await page.getByRole("button", { name: "Remove application shop" }).click();
  await confirm(page, "Remove");
  await expect(dialog(page).getByRole("alert")).toContainText(/environment/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Remove application blog" }).click();
  await confirm(page, "Remove");
  await expect(page.getByRole("row", { name: /blog/ })).toHaveCount(0);
  await expect(page.getByRole("row", { name: /shop/ })).toBeVisible();
});

test("a template of one's own is renamed and removed; a webhook and an invitation are taken back", async ({ page }) => {
  await beginOnAmazon(page, "shop");
  const nodes = [{ name: "web", size: "t3.micro", packages: ["nginx"] }];
  await send(page, "POST", "/templates", { name: "mine", nodes });
  await page.goto("/dashboard/templates");
  await page.getByRole("button", { name: "Rename template mine" }).click();
  await dialog(page).getByLabel("Name").fill("ours");
  await dialog(page)
    .getByRole("button", { name: /Save|Rename/ })
    .click();
  await page.getByRole("button", { name: "Remove template ours" }).click();
  await confirm(page, "Remove");
  await expect(page.getByRole("heading", { name: "None of your own yet" })).toBeVisible();

  await send(page, "POST", "/integrations/webhooks", { name: "alarms", url: "http://127.0.0.1:9/hook" });
  await page.goto("/dashboard/integrations");
  await page.getByRole("button", { name: "Remove webhook alarms" }).click();
  await confirm(page, "Remove");
  await expect(page.getByRole("heading", { name: "No webhook yet" })).toBeVisible();

  const email = newEmail();
  const { link } = await send(page, "POST", "/invitations", { email, role: "viewer" });
  await page.goto("/dashboard/team");
  await page.getByRole("button", { name: `New link for ${email}` }).click();
  await confirm(page, "Make a new link");
  await expect(dialog(page)).toContainText("wait before you send it again");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: `Withdraw invitation of ${email}` }).click();
  await confirm(page, "Withdraw");
  await expect(page.getByRole("row", { name: email })).toHaveCount(0);
  await page.goto(link);
  await expect(page.getByText("This invitation is not open")).toBeVisible();
});

test("a provider is checked when it is asked for; a server that was removed behind our back is made again", async ({
  page,
}) => {
  const made = await beginOnAmazon(page, "shop");
  await page.goto(`/dashboard/providers/${made.provider}`);
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByRole("status").filter({ hasText: "takes these credentials" })).toBeVisible();

  const before = new Set(instances().map(({ id }) => id));
  const id = await makeOnAmazon(page, made);
  const mine = () => running().filter((instance) => !before.has(instance.id));
  await expect.poll(() => mine().length, { timeout: 30_000 }).toBe(1);
  const [lost] = mine();
  await page.goto(`/dashboard/environments/${id}`);
  const node = page.getByRole("article", { name: "Node web" });
  await expect(node).toContainText(/installing|connecting/, { timeout: 30_000 });
  lost!.state = "terminated";
  await node.getByRole("button", { name: "Make it again" }).click({ timeout: 60_000 });
  await expect.poll(() => mine().length, { timeout: 60_000 }).toBe(1);
  expect(mine()[0]!.id).not.toBe(lost!.id);
  await send(page, "DELETE", `/environments/${id}`);
});

test("a server that was stopped behind our back is started, or given up for a new one", async ({ page }) => {
  const made = await beginOnAmazon(page, "shop");
  const before = new Set(instances().map(({ id }) => id));
  const id = await makeOnAmazon(page, made);
  const mine = () => running().filter((instance) => !before.has(instance.id));
  const node = page.getByRole("article", { name: "Node web" });
  const stopped = async () => {
    await expect.poll(() => mine().length, { timeout: 60_000 }).toBe(1);
    await expect(node).toContainText(/installing|connecting/, { timeout: 60_000 });
    const [server] = mine();
    server!.state = "stopped";
    await expect(node).toContainText("stopped behind CloudHero’s back", { timeout: 60_000 });
    return server!;
  };
  await page.goto(`/dashboard/environments/${id}`);
  const first = await stopped();
  await node.getByRole("button", { name: "Start it" }).click();
  await expect.poll(() => first.state, { timeout: 60_000 }).toBe("running");
  expect(await stopped()).toBe(first);
  await node.getByRole("button", { name: "New server" }).click();
  await expect(dialog(page)).toContainText("destroyed with all that is on its disk");
  await confirm(page, "Destroy and make again");
  await expect.poll(() => [first.state, mine().length], { timeout: 60_000 }).toEqual(["terminated", 1]);
  expect(mine()[0]!.id).not.toBe(first.id);
  await send(page, "DELETE", `/environments/${id}`);
});

test("an SSH key is added and removed, and a provider that nothing uses goes from the list", async ({ page }) => {
  await beginOnAmazon(page, "shop");
  const key = Buffer.concat([...["ssh-ed25519", "k".repeat(32)].map(asString)]).toString("base64");
  await page.goto("/dashboard/keys");
  await page.getByLabel("Name").fill("laptop");
  await page.getByLabel("Public key").fill(`ssh-ed25519 ${key} ada@laptop`);
  await page.getByRole("button", { name: "Add key" }).click();
  await page.getByRole("button", { name: "Remove key laptop" }).click();
  await confirm(page, "Remove");
  await expect(page.getByRole("heading", { name: "No key yet" })).toBeVisible();

  await page.goto("/dashboard/providers");
  await page.getByRole("button", { name: "Remove provider p" }).click();
  await confirm(page, "Remove");
  await expect(page.getByRole("button", { name: "Remove provider p" })).toHaveCount(0);
});

test("an invitation that is a minute old is sent again: its new link is open, its old one is not", async ({
  page,
  browser,
}) => {
  const { by, email, link, at } = invited;
  await logIn(page, by);
  await expect(page.getByRole("heading", { name: "Environments" })).toBeVisible({ timeout: 20_000 });
  await page.goto("/dashboard/team");
  await page.waitForTimeout(Math.max(0, at + 61_000 - Date.now()));
  await page.getByRole("button", { name: `New link for ${email}` }).click();
  await confirm(page, "Make a new link");
  const fresh = await page.getByText(/\/invitation\//).textContent();
  expect(fresh).not.toContain(link);
  const guest = await browser.newPage();
  await guest.goto(link);
  await expect(guest.getByText("This invitation is not open")).toBeVisible();
  await guest.goto(fresh!.trim());
  await expect(guest.getByRole("button", { name: "Create account and join" })).toBeVisible();
  await guest.close();
});

/** As SSH writes it: its length in four bytes, then itself. */
function asString(text: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, Buffer.from(text)]);
}
