import { type APIRequestContext, expect } from "@playwright/test";
import { type Issuer, startIssuer } from "#tests/emulators/oidc/issuer.ts";
import { logIn, newEmail, password, signUp } from "./account.ts";
import { send } from "./ask.ts";
import { test } from "./awake.ts";
import { confirm, dialog } from "./dialog.ts";
import { visitor } from "./member.ts";

let issuer: Issuer;

test.beforeAll(async () => {
  issuer = await startIssuer(Number(process.env.CLOUDHERO_E2E_OIDC_PORT));
});
test.afterAll(() => issuer.close());

/** A script's log-in, as curl makes it; answers whether its token is taken. */
async function beginScript(request: APIRequestContext, email: string): Promise<() => Promise<number>> {
  const answer = await request.post("/accounts/login", { data: { email, password } });
  const [{ refreshing_token: token }] = await answer.json();
  const headers = { authorization: `Bearer ${token}` };
  return async () => (await request.get("/accounts/me", { headers })).status();
}

test("who signed up without a password keeps that way in until they have set one, and then may drop it", async ({
  page,
  browser,
}) => {
  const email = newEmail();
  issuer.person = { sub: `s-${email}`, email, email_verified: true, name: "Grace Hopper" };
  await page.goto("/signup");
  await page.getByRole("button", { name: "Continue with Acme SSO" }).click();
  await expect(page).toHaveURL(/\/dashboard$/, { timeout: 20_000 });
  const me = () => send(page, "GET", "/accounts/me");
  expect(await me()).toMatchObject({ email, name: "Grace Hopper", role: "owner", has_password: false });

  await page.goto("/dashboard/account");
  await page.getByRole("button", { name: "Disconnect Acme SSO" }).click();
  await confirm(page, "Disconnect");
  await expect(dialog(page)).toContainText("This is the only way that you can log in: set a password first.");
  expect((await me()).identities).toHaveLength(1);
  await page.keyboard.press("Escape");

  await expect(page.getByLabel("Present password")).toHaveCount(0);
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByRole("button", { name: "Change password" })).toBeVisible();
  expect((await me()).has_password).toBe(true);
  const elsewhere = await visitor(browser);
  await logIn(elsewhere, email);
  await expect(elsewhere).toHaveURL(/\/dashboard$/, { timeout: 20_000 });
  await elsewhere.context().close();

  await page.getByRole("button", { name: "Disconnect Acme SSO" }).click();
  await confirm(page, "Disconnect");
  await expect(page.getByRole("button", { name: "Connect Acme SSO", exact: true })).toBeVisible();
  expect((await me()).identities).toEqual([]);
});

test("a script's session is told from a browser's, and its token is refused once it was ended", async ({
  page,
  request,
}) => {
  const asked = await beginScript(request, await signUp(page));
  expect(await asked()).toBe(200);
  await page.goto("/dashboard/account");
  const script = page.getByRole("table", { name: "Sessions" }).getByRole("row", { name: /^Script/ });
  await script.getByRole("button", { name: /^End session/ }).click();
  await expect(dialog(page)).toContainText("That browser or script has to log in again");
  await confirm(page, "End");
  await expect(script).toHaveCount(0);
  expect(await asked()).toBe(401);
  expect((await send(page, "GET", "/accounts/me")).role).toBe("owner");
});

test("an invitation is taken up by a provider's word, without a password", async ({ page, browser }) => {
  await signUp(page);
  const email = newEmail();
  const { link } = await send(page, "POST", "/invitations", { email, role: "viewer" });
  issuer.person = { sub: `s-${email}`, email, email_verified: true, name: "Ada Lovelace" };
  const guest = await visitor(browser);
  await guest.goto(link);
  await guest.getByRole("button", { name: "Continue with Acme SSO" }).click();
  await expect(guest).toHaveURL(/\/dashboard$/, { timeout: 20_000 });
  const { organisation } = await send(page, "GET", "/accounts/me");
  expect(await send(guest, "GET", "/accounts/me")).toMatchObject({ email, organisation, role: "viewer" });
  await guest.context().close();
});
