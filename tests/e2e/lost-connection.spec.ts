import { expect, type Page } from "@playwright/test";
import { signUp } from "./account.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";

const unanswered = "CloudHero did not answer";

/** Cuts the page's actions off from the server until they are to come through again. */
async function cutActions(page: Page): Promise<() => Promise<void>> {
  await page.route("**", (route) => (route.request().method() === "POST" ? route.abort() : route.fallback()));
  return () => page.unroute("**");
}

test("a form that is not answered says so, keeps what was typed and chosen, and is sent again", async ({ page }) => {
  await signUp(page);
  await page.goto("/dashboard/tokens");
  const mend = await cutActions(page);
  await page.getByLabel("Name").fill("deploy");
  await page.getByLabel("Role", { exact: true }).selectOption("viewer");
  await page.getByLabel("Expires").selectOption("30");
  await page.getByLabel("Only these").check();
  await page.getByLabel("environments:read").check();
  await page.getByLabel("providers:read").check();
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByText(unanswered)).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveValue("deploy");
  await expect(page.getByLabel("Role", { exact: true })).toHaveValue("viewer");
  await expect(page.getByLabel("Expires")).toHaveValue("30");
  await mend();
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByText("it is not shown again")).toBeVisible();
  await expect(page.getByText(unanswered)).toBeHidden();
  const tokens = await send(page, "GET", "/tokens");
  expect(tokens).toMatchObject([{ name: "deploy", role: "viewer", scopes: ["environments:read", "providers:read"] }]);
  expect(tokens[0].expires_at).not.toBeNull();
});

test("a question whose answer is not heard stays open and says so", async ({ page }) => {
  await signUp(page);
  await page.goto("/dashboard/tokens");
  await page.getByLabel("Name").fill("ci");
  await page.getByRole("button", { name: "Create token" }).click();
  const revoke = page.getByRole("button", { name: "Revoke token ci" });
  await expect(revoke).toBeVisible();
  const mend = await cutActions(page);
  await revoke.click();
  const dialog = page.getByRole("dialog", { name: "Revoke token ci?" });
  await dialog.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(dialog).toContainText(unanswered);
  await mend();
  await dialog.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(dialog).toBeHidden();
  expect(await send(page, "GET", "/tokens")).toEqual([]);
});

test("a form that another site sends with the session's cookie does nothing", async ({ page, baseURL }) => {
  await signUp(page);
  await page.goto("/dashboard/applications");
  await page.getByLabel("New application").fill("shop");
  const sent = page.waitForRequest((request) => request.method() === "POST" && "next-action" in request.headers());
  const mend = await cutActions(page);
  await page.getByRole("button", { name: "Create application" }).click();
  const request = await sent;
  await mend();
  const headers = await request.allHeaders();
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith(":") && name !== "content-length");
  const replay = (origin: string) =>
    page.request.post(request.url(), {
      headers: { ...Object.fromEntries(kept), origin },
      data: request.postDataBuffer()!,
      failOnStatusCode: false,
    });
  const names = async () =>
    (await send(page, "GET", "/applications")).map((one: { application_name: string }) => one.application_name);
  expect((await replay("https://elsewhere.example")).status()).toBeGreaterThanOrEqual(400);
  expect(await names()).toEqual([]);
  expect((await replay(baseURL!)).status()).toBeLessThan(400);
  expect(await names()).toEqual(["shop"]);
});
