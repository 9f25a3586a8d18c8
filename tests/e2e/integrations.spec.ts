import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page } from "@playwright/test";
import { plainly, type Receiver, signedBy, startReceiver } from "../support/receiver.ts";
import { signUp } from "./account.ts";
import { beginOnAmazon, makeOnAmazon } from "./amazon.ts";
import { ask, send } from "./ask.ts";
import { test } from "./awake.ts";
import { memberPage } from "./member.ts";
import { practiceClouds } from "./stage.ts";
import { expectAccessible } from "./violations.ts";

practiceClouds();

let receiver: Receiver;
let registry: Server;
let registryUrl: string;
let registryPassword = "first-password";

test.beforeAll(async () => {
  receiver = await startReceiver();
  registry = createServer((request, response) => {
    const expected = `Basic ${Buffer.from(`robot:${registryPassword}`).toString("base64")}`;
    const isKnown = request.headers.authorization === expected;
    response.writeHead(isKnown ? 200 : 401, { "www-authenticate": 'Basic realm="test"' }).end();
  });
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  registryUrl = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
});
test.afterAll(async () => {
  await receiver.close();
  registry.closeAllConnections();
  registry.close();
});

test("a registry is tried when it is added, verified again, rotated and removed", async ({ page }) => {
  test.setTimeout(120_000);
  await signUp(page);
  await page.goto("/dashboard/integrations");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Add registry" }).click();
  await page.getByLabel("Name", { exact: true }).fill("private");
  await page.getByLabel("Address").fill(registryUrl);
  await page.getByLabel("User name").fill("robot");
  await page.getByLabel("Password or access token").fill("a wrong one");
  await page.getByRole("button", { name: "Check and add" }).click();
  await expect(page.getByLabel("Password or access token")).toHaveAccessibleDescription(/refuses this user name/);
  await expect(page.getByLabel("User name")).toHaveValue("robot");
  await expectAccessible(page);
  await page.getByLabel("Password or access token").fill(registryPassword);
  await page.getByRole("button", { name: "Check and add" }).click();
  await expect(page.getByRole("heading", { name: /private/ })).toContainText("Verified");
  await expect(page.getByText("There is no Docker cluster yet")).toBeVisible();

  registryPassword = "second-password";
  await page.getByRole("button", { name: "Verify again" }).click();
  await expect(page.getByRole("heading", { name: /private/ })).toContainText("Not verified");
  await expectAccessible(page);
  await page.getByLabel("Password or access token").fill(registryPassword);
  await page.getByRole("button", { name: "Check and change" }).click();
  await expect(page.getByRole("heading", { name: /private/ })).toContainText(/^private\s*Verified/);

  await page.goto("/dashboard/integrations");
  await page.getByRole("button", { name: "Remove registry private" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { name: "No registry yet" })).toBeVisible();
});

test("a webhook is added with a secret that is seen once, tried, failed, sent again, and given a new secret", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signUp(page);
  await page.goto("/dashboard/integrations/webhooks/new");
  await page.getByLabel("Name", { exact: true }).fill("alarms");
  await page.getByLabel("Address").fill("http://10.0.0.1/hook");
  await page.getByLabel("environment.failed").check();
  await page.getByRole("button", { name: "Add webhook" }).click();
  await expect(page.getByLabel("Address")).toHaveAccessibleDescription(/address not allowed/);
  await expect(page.getByLabel("environment.failed")).toBeChecked();
  await expectAccessible(page);
  await page.getByLabel("Address").fill(receiver.url);
  await page.getByRole("button", { name: "Add webhook" }).click();
  const secret = (await page.getByText(/^whsec_/).textContent())!;
  await page.getByRole("link", { name: "I have it: go on" }).click();
  await expect(page.getByRole("heading", { name: /alarms/ })).toContainText("On");
  await expect(page.getByText(secret)).toHaveCount(0);

  receiver.answer = plainly(500, "out of order");
  await page.getByRole("button", { name: "Send a test" }).click();
  const delivery = page.getByRole("listitem").filter({ hasText: "webhook.test" }).first();
  await expect(delivery).toContainText("Failed", { timeout: 20_000 });
  await delivery.getByText("webhook.test").first().click();
  await expect(delivery).toContainText("It answered 500: out of order");
  await expectAccessible(page);
  receiver.answer = plainly(204);
  await delivery.getByRole("button", { name: "Send again" }).click();
  await expect(delivery).toContainText("Delivered", { timeout: 20_000 });
  const [first, second] = receiver.received.slice(-2);
  expect(second!.id).toBe(first!.id);
  expect(signedBy(second!, [secret])).toEqual([secret]);

  await page.getByRole("button", { name: "New secret" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make it" }).click();
  await expect(page.getByText(/^whsec_/)).not.toHaveText(secret);
  await expect(page.getByText("The secret before signs as well")).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Switched on").uncheck();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { name: /alarms/ })).toContainText("Off");
  await page.goto("/dashboard/integrations");
  await expect(page.getByRole("row", { name: /alarms/ })).toContainText("Delivered");
  await expectAccessible(page);
});

test("a delivery that waits for its next try is sent now when it is asked for", async ({ page }) => {
  test.setTimeout(120_000);
  const place = await beginOnAmazon(page);
  receiver.answer = plainly(503, "later");
  const wish = { name: "late", url: receiver.url, events: ["environment.created"] };
  const hook = await send(page, "POST", "/integrations/webhooks", wish);
  const before = receiver.received.length;
  const id = await makeOnAmazon(page, place);
  // After the second try it waits for five minutes.
  await expect.poll(() => receiver.received.length - before, { timeout: 40_000 }).toBe(2);
  await page.goto(`/dashboard/integrations/webhooks/${hook.id}`);
  const delivery = page.getByRole("listitem").filter({ hasText: "environment.created" }).first();
  await delivery.getByText("environment.created").first().click();
  receiver.answer = plainly(204);
  await delivery.getByRole("button", { name: "Send now" }).click();
  await expect(delivery).toContainText("Delivered", { timeout: 20_000 });
  const sent = receiver.received.slice(before);
  expect([sent.length, new Set(sent.map((one) => one.id)).size]).toEqual([3, 1]);
  await send(page, "DELETE", `/environments/${id}`);
});

test("the audit log says who did what, before and after, is filtered by its URL, and is a file", async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  const email = await signUp(page);
  const { body: made } = await ask(page, "POST", "/applications", {
    application_name: "shop",
    application_type: "custom",
  });
  await ask(page, "PUT", `/applications/${made.id ?? made[0]?.id}`, { application_name: "store" });
  await page.goto("/dashboard/audit");
  const renamed = page.getByRole("row", { name: /renamed the application store/ });
  await expect(renamed).toContainText(email);
  await expect(renamed).toContainText("127.0.0.1");
  await expect(renamed.locator("del")).toHaveText("shop");
  await expect(renamed.locator("ins")).toHaveText("store");
  await expectAccessible(page);
  await page.getByLabel("What").selectOption("Account");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/action=account/);
  await expect(page.getByRole("row", { name: /made the organisation/ })).toBeVisible();
  await expect(renamed).toHaveCount(0);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  const stream = await (await download).createReadStream();
  let text = "";
  for await (const chunk of stream) text += chunk;
  expect(text.trim().split("\r\n")).toHaveLength(2);
  await page.goto("/dashboard/audit?since=2020-01-01&until=2020-01-02");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await page.goto("/dashboard/audit?since=never");
  await expect(page.getByRole("alert").filter({ hasText: "since" })).toBeVisible();

  const viewer = await memberPage(page, browser, "viewer");
  await viewer.goto("/dashboard/audit");
  await expect(viewer.getByText("The audit log is for the role admin")).toBeVisible();
  await expectAccessible(viewer);
  await viewer.goto("/dashboard/integrations");
  await expect(viewer.getByText("Webhooks are for the role admin")).toBeVisible();
  await expect(viewer.getByRole("link", { name: "Add registry" })).toHaveCount(0);
  for (const path of ["/audit", "/integrations/webhooks"])
    expect((await ask(viewer, "GET", path)).status, path).toBe(403);
  const refused = await ask(viewer, "POST", "/integrations/webhooks", { name: "x", url: receiver.url });
  expect(refused.status).toBe(403);
  await narrowAudit(page, (await ask(viewer, "GET", "/accounts/me")).body.email, email);
  await viewer.context().close();
});

/** The audit log by its fields: of one of two people, and of some days; then all of it again. */
async function narrowAudit(page: Page, one: string, other: string): Promise<void> {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const table = page.getByRole("table", { name: /^Audit log/ });
  const filter = page.getByRole("button", { name: "Filter" });
  const nothing = page.getByRole("heading", { name: "Nothing matches" });
  await page.goto("/dashboard/audit");
  await page.getByLabel("Who").fill(one);
  await filter.click();
  await expect(table).toContainText(one);
  await expect(table).not.toContainText(other);
  await page.getByLabel("From").fill(day(2));
  await filter.click();
  await expect(nothing).toBeVisible();
  await page.getByLabel("From").fill(day(-9));
  await page.getByLabel("To", { exact: true }).fill(day(-2));
  await filter.click();
  await expect(page).toHaveURL(new RegExp(day(-9)));
  await expect(nothing).toBeVisible();
  await page.getByLabel("To", { exact: true }).fill(day(2));
  await filter.click();
  await expect(table).toContainText(one);
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(table).toContainText(other);
  await expect(page).toHaveURL(/\/dashboard\/audit$/);
  for (const label of ["Who", "From", "To"]) await expect(page.getByLabel(label, { exact: true })).toHaveValue("");
}
