import { expect, type Page } from "@playwright/test";
import { type Issuer, startIssuer } from "#tests/emulators/oidc/issuer.ts";
import { type MailServer, startMailServer } from "#tests/support/mail-server.ts";
import { logIn, newEmail, password, signUp } from "./account.ts";
import { ask } from "./ask.ts";
import { test } from "./awake.ts";
import { memberPage, visitor } from "./member.ts";
import { expectAccessible } from "./violations.ts";

let mail: MailServer;
let issuer: Issuer;

test.beforeAll(async () => {
  mail = await startMailServer(Number(process.env.CLOUDHERO_E2E_SMTP_PORT));
  issuer = await startIssuer(Number(process.env.CLOUDHERO_E2E_OIDC_PORT));
});
test.afterAll(async () => {
  await mail.close();
  await issuer.close();
});

/** Accepts a link as somebody new; ends on the dashboard. */
async function accept(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create account and join" }).click();
  await expect(page).toHaveURL(/\/dashboard$/, { timeout: 20_000 });
}

test("four roles: each sees what it may, and what is hidden is 403 by the API as well", async ({ page, browser }) => {
  test.setTimeout(240_000);
  await signUp(page);
  await page.goto("/dashboard/team");
  const people: Record<string, Page> = { owner: page };
  for (const role of ["admin", "operator", "viewer"]) {
    const email = newEmail();
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Role", { exact: true }).selectOption(role);
    await page.getByRole("button", { name: "Invite", exact: true }).click();
    await expect(page.getByText(`The invitation of ${email}.`)).toBeVisible();
    await expect(page.getByRole("row", { name: email })).toContainText("open");
    const link = /http\S+\/invitation\/\S+/.exec((await mail.letterTo(email)).text)![0];
    people[role] = await visitor(browser);
    if (role === "admin") {
      await people[role].goto(link);
      await expectAccessible(people[role]);
    }
    await accept(people[role], link, role);
    if (role === "viewer") {
      const late = await visitor(browser);
      await late.goto(link);
      await expect(late.getByText("This invitation was used")).toBeVisible();
    }
  }
  await page.reload();
  await expectAccessible(page);
  const invites = { owner: true, admin: true, operator: false, viewer: false };
  const makes = { owner: 200, admin: 200, operator: 200, viewer: 403 };
  for (const [role, invitesPeople] of Object.entries(invites)) {
    const person = people[role]!;
    await person.goto("/dashboard/team");
    await expect(person.getByRole("table", { name: "Members" }).getByRole("row")).toHaveCount(5);
    await expect(person.getByRole("button", { name: "Invite", exact: true })).toHaveCount(invitesPeople ? 1 : 0);
    await expect(person.getByRole("button", { name: /^Hand / })).toHaveCount(role === "owner" ? 3 : 0);
    await expect(person.getByRole("button", { name: /^Remove / })).toHaveCount({ owner: 3, admin: 2 }[role] ?? 0);
    const wish = { email: newEmail(), role: "viewer" };
    expect((await ask(person, "POST", "/invitations", wish)).status, role).toBe(invitesPeople ? 200 : 403);
    const application = { application_name: `made by ${role}` };
    expect((await ask(person, "POST", "/applications", application)).status, role).toBe(makes[role as "owner"]);
  }
  const { body: members } = await ask(page, "GET", "/members");
  const owner = members.find(({ role }: { role: string }) => role === "owner").id;
  expect((await ask(people.admin!, "DELETE", `/members/${owner}`)).status).toBe(403);
  expect((await ask(people.admin!, "PUT", `/members/${owner}`, { role: "viewer" })).status).toBe(403);

  await page.goto("/dashboard/team");
  await page.getByRole("button", { name: "Role of operator: operator. Change" }).click();
  await page
    .getByRole("dialog")
    .getByRole("radio", { name: /^viewer/i })
    .check();
  await page.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByRole("button", { name: "Role of operator: viewer. Change" })).toBeVisible();
  expect((await ask(people.operator!, "POST", "/applications", { application_name: "late" })).status).toBe(403);

  await page.getByRole("button", { name: "Remove viewer" }).click();
  await expect(page.getByRole("dialog")).toContainText("log-ins and API tokens");
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("button", { name: "Remove viewer" })).toHaveCount(0);
  await people.viewer!.goto("/dashboard/team");
  await expect(people.viewer!.getByRole("heading", { name: "Log in" })).toBeVisible();
});

test("two organisations: neither sees the other, and who belongs to both switches between them", async ({
  page,
  browser,
}) => {
  const email = await signUp(page);
  const other = await visitor(browser);
  await signUp(other);
  await other.goto("/dashboard/team");
  await other.getByRole("button", { name: "Rename" }).click();
  await other.getByRole("dialog").getByLabel("Name").fill("Globex");
  await other.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
  await expect(other.getByText("Who belongs to Globex")).toBeVisible();
  await expect(other.getByRole("row", { name: email })).toHaveCount(0);
  const { body: invited } = await ask(other, "POST", "/invitations", { email, role: "viewer" });
  await page.goto(invited.link);
  await page.getByRole("button", { name: "Join Globex" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await page.goto("/dashboard/team");
  await expect(page.getByText("Who belongs to Globex")).toBeVisible();
  await page.getByRole("button", { name: email }).click();
  await page.getByRole("button", { name: "Acme", exact: true }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await page.goto("/dashboard/team");
  await expect(page.getByText("Who belongs to Acme")).toBeVisible();
});

test("a forgotten password is changed by a mailed link, and the old sessions end", async ({ page, browser }) => {
  const email = await signUp(page);
  const forgetful = await visitor(browser);
  await forgetful.goto("/login");
  await forgetful.getByRole("link", { name: "Forgotten your password?" }).click();
  await expect(forgetful.getByRole("heading", { name: "Forgotten your password?" })).toBeVisible();
  await expectAccessible(forgetful);
  await forgetful.getByLabel("E-mail").fill(email);
  await forgetful.getByRole("button", { name: "Mail me a link" }).click();
  await expect(forgetful.getByText("Look into your mail")).toBeVisible();
  const link = /http\S+\/reset-password\/\S+/.exec((await mail.letterTo(email)).text)![0];
  await forgetful.goto(link);
  await expectAccessible(forgetful);
  await forgetful.getByLabel("New password").fill("quite another one");
  await forgetful.getByRole("button", { name: "Set password and log in" }).click();
  await expect(forgetful).toHaveURL(/\/dashboard$/, { timeout: 20_000 });
  await page.goto("/dashboard");
  await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
  await forgetful.goto(link);
  await expect(forgetful.getByText("This link does not work any more")).toBeVisible();
});

test("the account page changes name and password, and ends the other session", async ({ page, browser }) => {
  const email = await signUp(page);
  const elsewhere = await visitor(browser);
  await logIn(elsewhere, email);
  await expect(elsewhere).toHaveURL(/\/dashboard$/, { timeout: 20_000 });
  await page.goto("/dashboard/account");
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Name" }).fill("Ada Lovelace");
  await page.getByRole("button", { name: "Change name" }).click();
  await expect(page.getByText("Changed.", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: /^End session/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End" }).click();
  await expect(page.getByRole("button", { name: /^End session/ })).toHaveCount(0);
  expect((await elsewhere.request.get("/accounts/me")).status()).toBe(401);
  await page.getByLabel("Present password").fill("not that one at all");
  await page.getByLabel("New password").fill("a newer password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByLabel("Present password")).toHaveAccessibleDescription(/not your present password/);
  await page.getByLabel("Present password").fill(password);
  await page.getByLabel("New password").fill("a newer password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your other sessions have ended")).toBeVisible();
  await logIn(elsewhere, email, "a newer password");
  await expect(elsewhere).toHaveURL(/\/dashboard$/, { timeout: 20_000 });
});

test("a token is made for less than its role, and says so", async ({ page }) => {
  await signUp(page);
  await page.goto("/dashboard/tokens");
  await expect(page.getByLabel("Role", { exact: true })).toHaveValue("operator");
  await page.getByLabel("Name").fill("deploy");
  await page.getByLabel("Only these").check();
  await page.getByLabel("environments:read").check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByRole("row", { name: /deploy/ })).toContainText("environments:read");
  const token = await page.getByRole("status").locator("code").first().textContent();
  const get = (path: string) => page.request.get(path, { headers: { authorization: `Bearer ${token}` } });
  expect((await get("/environments")).status()).toBe(200);
  expect((await get("/members")).status()).toBe(403);
});

test("somebody new comes in by an OpenID provider, and the same person again later", async ({ page, browser }) => {
  const email = newEmail();
  issuer.person = { sub: `s-${email}`, email, email_verified: true, name: "Grace Hopper" };
  for (const each of [page, await visitor(browser)]) {
    await each.goto("/login");
    await each.getByRole("button", { name: "Continue with Acme SSO" }).click();
    await expect(each).toHaveURL(/\/dashboard$/, { timeout: 20_000 });
    expect((await ask(each, "GET", "/accounts/me")).body).toMatchObject({ email, name: "Grace Hopper", role: "owner" });
  }
});

test("an account that somebody made with a password is not taken over by a provider's word: its holder connects it", async ({
  page,
  browser,
}) => {
  const email = await signUp(page);
  issuer.person = { sub: `s-${email}`, email, email_verified: true };
  const stranger = await visitor(browser);
  await stranger.goto("/login");
  await stranger.getByRole("button", { name: "Continue with Acme SSO" }).click();
  await expect(stranger.getByText("An account has this address already")).toBeVisible();
  await page.goto("/dashboard/account");
  await page.getByRole("button", { name: "Connect Acme SSO", exact: true }).click();
  await expect(page.getByRole("button", { name: "Disconnect Acme SSO" })).toBeVisible({ timeout: 20_000 });
  await stranger.goto("/login");
  await stranger.getByRole("button", { name: "Continue with Acme SSO" }).click();
  await expect(stranger).toHaveURL(/\/dashboard$/, { timeout: 20_000 });
  await page.getByRole("button", { name: "Disconnect Acme SSO" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
  await expect(page.getByRole("button", { name: "Connect Acme SSO", exact: true })).toBeVisible();
});

test("an organisation is handed over: its owner is an admin from then on, and cannot take it back", async ({
  page,
  browser,
}) => {
  await signUp(page);
  const heir = await memberPage(page, browser, "admin");
  await page.goto("/dashboard/team");
  await page.getByRole("button", { name: "Hand Acme over to admin" }).click();
  await expect(page.getByRole("dialog")).toContainText("Only admin can give it back");
  await page.getByRole("dialog").getByRole("button", { name: "Hand over" }).click();
  await expect(page.getByRole("button", { name: /^Hand / })).toHaveCount(0);
  expect((await ask(page, "GET", "/accounts/me")).body.role).toBe("admin");
  expect((await ask(heir, "GET", "/accounts/me")).body.role).toBe("owner");
});

test("a forged or unverified word of the provider leads nowhere", async ({ page }) => {
  const words = [
    { person: { sub: "u1", email: newEmail(), email_verified: false }, forge: false, told: "does not vouch" },
    { person: { sub: "u2", email: newEmail(), email_verified: true }, forge: true, told: "did not succeed" },
  ];
  for (const { person, forge, told } of words) {
    Object.assign(issuer, { person, forge });
    await page.goto("/login");
    await page.getByRole("button", { name: "Continue with Acme SSO" }).click();
    await expect(page.getByText(told)).toBeVisible();
    expect((await page.request.get("/accounts/me")).status()).toBe(401);
  }
  issuer.forge = false;
});
