import { expect, type Page } from "@playwright/test";
import { newEmail, password, signUp } from "./account.ts";
import { ask, send } from "./ask.ts";
import { test } from "./awake.ts";
import { confirm, dialog } from "./dialog.ts";
import { memberPage, visitor } from "./member.ts";

const me = (page: Page) => send(page, "GET", "/accounts/me");
const emails = async (page: Page) => (await send(page, "GET", "/members")).map(({ email }: { email: string }) => email);

test("a role that was chosen outlives a wrong address; an admin gives up what they may, and leaves; an invitation that was accepted is forgotten without its member", async ({
  page,
  browser,
}) => {
  await signUp(page);
  await page.goto("/dashboard/team");
  await page.getByLabel("E-mail").fill("nobody");
  await page.getByLabel("Role", { exact: true }).selectOption("admin");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription(/not an e-mail address/);
  await expect(page.getByLabel("Role", { exact: true })).toHaveValue("admin");
  const member = await memberPage(page, browser, "admin");
  const { email } = await me(member);
  await page.goto("/dashboard/team");
  await expect(page.getByRole("row", { name: email }).filter({ hasText: "accepted" })).toBeVisible();
  await page.getByRole("button", { name: `Forget invitation of ${email}` }).click();
  await expect(dialog(page)).toContainText("Who accepted it stays a member");
  await confirm(page, "Forget");
  await expect(page.getByText("Nobody is invited at present")).toBeVisible();
  expect(await send(page, "GET", "/invitations")).toEqual([]);
  expect(await emails(page)).toContain(email);

  await member.goto("/dashboard/team");
  await member.getByRole("button", { name: "Role of yourself: admin. Change" }).click();
  await expect(dialog(member).getByRole("radio", { name: /^owner/i })).toHaveCount(0);
  await dialog(member)
    .getByRole("radio", { name: /^operator/i })
    .check();
  await confirm(member, "Change role");
  await expect(member.getByRole("button", { name: /^Role of yourself/ })).toHaveCount(0);
  await expect(member.getByRole("button", { name: "Invite", exact: true })).toHaveCount(0);
  expect((await me(member)).role).toBe("operator");
  const wish = { email: newEmail(), role: "viewer" };
  expect((await ask(member, "POST", "/invitations", wish)).status).toBe(403);

  await member.getByRole("button", { name: "Leave Acme" }).click();
  await expect(dialog(member)).toContainText("Of yours in Acme, these end at once");
  await confirm(member, "Leave");
  await expect(member).toHaveURL(/\/login$/);
  expect((await member.request.get("/accounts/me")).status()).toBe(401);
  expect(await emails(page)).not.toContain(email);
  await expect(page.getByRole("button", { name: "Leave Acme" })).toHaveCount(0);
  await member.getByLabel("E-mail").fill(email);
  await member.getByLabel("Password").fill(password);
  await member.getByRole("button", { name: "Log in" }).click();
  await expect(member.getByText("You belong to no organisation any more")).toBeVisible();
  await member.context().close();
});

test("who is logged in as somebody else logs out, joins by the invited account's password, and goes back to their own", async ({
  page,
  browser,
}) => {
  const email = await signUp(page);
  const host = await visitor(browser);
  await signUp(host);
  const { organisation } = await me(host);
  await send(host, "PUT", `/organisations/${organisation.id}`, { name: "Globex" });
  const { link } = await send(host, "POST", "/invitations", { email, role: "operator" });
  await host.goto(link);
  await expect(host.getByText("This invitation is for another address")).toBeVisible();
  await expect(host.getByRole("button", { name: /join/i })).toHaveCount(0);
  await host.getByRole("button", { name: "Log out" }).click();
  await expect(host.getByLabel("E-mail")).toHaveValue(email);
  await expect(host).toHaveURL(link);
  expect((await host.request.get("/accounts/me")).status()).toBe(401);

  await host.getByLabel("Password").fill("not that one at all");
  await host.getByRole("button", { name: "Log in and join" }).click();
  await expect(host.getByLabel("Password")).toHaveAccessibleDescription(/wrong|not/i);
  expect((await send(page, "GET", "/organisations")).length).toBe(1);
  await host.getByLabel("Password").fill(password);
  await host.getByRole("button", { name: "Log in and join" }).click();
  await expect(host).toHaveURL(/\/dashboard$/, { timeout: 20_000 });
  expect(await me(host)).toMatchObject({ email, organisation: { name: "Globex" }, role: "operator" });

  await host.goto("/dashboard/account");
  const organisations = host.getByRole("table", { name: "Organisations" });
  await expect(organisations.getByRole("row", { name: /Globex/ })).toContainText("here");
  await organisations.getByRole("button", { name: "Switch to Acme" }).click();
  await expect(host).toHaveURL(/\/dashboard$/);
  expect(await me(host)).toMatchObject({ email, organisation: { name: "Acme" }, role: "owner" });
  await host.goto("/dashboard/account");
  await expect(organisations.getByRole("row", { name: /Acme/ })).toContainText("here");
  await host.context().close();
});
