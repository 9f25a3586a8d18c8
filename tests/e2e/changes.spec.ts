import { expect } from "@playwright/test";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { signUp } from "./account.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { dialog } from "./dialog.ts";

let receiver: Receiver;

test.beforeAll(async () => {
  receiver = await startReceiver();
});
test.afterAll(() => receiver.close());

test("a token has the role, the end and the scopes that were chosen, though its name was refused at first", async ({
  page,
  context,
  request,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signUp(page);
  await page.goto("/dashboard/tokens");
  const role = page.getByLabel("Role", { exact: true });
  const chosen = [page.getByLabel("Only these"), page.getByLabel("environments:write"), page.getByLabel(/^audit/)];
  await role.selectOption("viewer");
  await page.getByLabel("Expires").selectOption("30 days");
  for (const choice of chosen) await choice.check();
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByLabel("Name")).toHaveAttribute("aria-invalid", "true");
  await expect(role).toHaveValue("viewer");
  await expect(page.getByLabel("Expires")).toHaveValue("30");
  for (const choice of chosen) await expect(choice).toBeChecked();
  await page.getByLabel("Name").fill("reader");
  await page.getByRole("button", { name: "Create token" }).click();
  const row = page.getByRole("row", { name: /reader/ });
  await expect(row).toContainText(/viewer/i);
  await expect(row).toContainText(/in (29|30) d/);
  await expect(row).toContainText("environments:write, audit");

  await page.getByRole("button", { name: "Copy token" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const token = await page.evaluate(() => navigator.clipboard.readText());
  const headers = { authorization: `Bearer ${token}` };
  const data = { application_name: "shop" };
  expect((await request.get("/environments", { headers })).status()).toBe(200);
  expect((await request.post("/applications", { headers, data })).status()).toBe(403);
  expect(await send(page, "GET", "/applications")).toEqual([]);
});

test("without TLS, where browsers give pages no clipboard, what is shown once is copied all the same", async ({
  page,
}) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await signUp(page);
  await page.goto("/dashboard/tokens");
  await page.getByLabel("Name").fill("script");
  await page.getByRole("button", { name: "Create token" }).click();
  await page.getByRole("button", { name: "Copy token" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const shown = await page.locator("code[title]").first().textContent();
  await page.getByLabel("Name").fill("");
  await page.keyboard.press("Control+V");
  await expect(page.getByLabel("Name")).toHaveValue(shown!);
});

test("a webhook that was off is switched on, and from then on another address is told of other events", async ({
  page,
}) => {
  await signUp(page);
  const { id } = await send(page, "POST", "/integrations/webhooks", {
    ...{ name: "alarms", url: "http://127.0.0.1:9/hook", events: ["node.ready"], enabled: false },
  });
  await page.goto(`/dashboard/integrations/webhooks/${id}`);
  await expect(page.getByRole("heading", { name: /alarms/ })).toContainText("Off");
  await expect(page.getByRole("button", { name: "Send a test" })).toHaveCount(0);
  await page.getByLabel("Name", { exact: true }).fill("pager");
  await page.getByLabel("Address").fill("http://10.0.0.1/hook");
  await page.getByLabel("node.ready").uncheck();
  await page.getByLabel("environment.failed").check();
  await page.getByLabel("Switched on").check();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByLabel("Address")).toHaveAccessibleDescription(/address not allowed/);
  await expect(page.getByLabel("Switched on")).toBeChecked();
  await page.getByLabel("Address").fill(receiver.url);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Changed; it is so from the next delivery on.")).toBeVisible();
  await expect(page.getByRole("heading", { name: /pager/ })).toContainText("On");
  expect(await send(page, "GET", `/integrations/webhooks/${id}`)).toMatchObject({
    ...{ name: "pager", url: receiver.url, events: ["environment.failed"], enabled: true },
  });
  await page.reload();
  await expect(page.getByLabel("Switched on")).toBeChecked();
  await expect(page.getByLabel("node.ready")).not.toBeChecked();
  await expect(page.getByLabel("environment.failed")).toBeChecked();
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(1);
});

test("what a template is for is changed, and taken away again; its name stays", async ({ page }) => {
  await signUp(page);
  const nodes = [{ name: "web", size: "t3.micro", packages: ["nginx"] }];
  const { id } = await send(page, "POST", "/templates", { name: "mine", description: "for nobody", nodes });
  await page.goto("/dashboard/templates");
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "mine", exact: true }) });
  const change = async (purpose: string) => {
    await card.getByRole("button", { name: "Rename template mine" }).click();
    await dialog(page).getByLabel("What it is for").fill(purpose);
    await dialog(page).getByRole("button", { name: "Save" }).click();
    await expect(dialog(page)).toHaveCount(0);
    expect(await send(page, "GET", `/templates/${id}`)).toMatchObject({ name: "mine", description: purpose });
  };
  await change("for the shop");
  await expect(card).toContainText("for the shop");
  await change("");
  await expect(card).not.toContainText("for the shop");
});
