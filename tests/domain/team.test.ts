import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  clientCertificates,
  environments,
  invitations,
  memberships,
  sessions,
  sshKeys,
  users,
} from "#drizzle/schema/index.ts";
import { beginTokenSession } from "#lib/auth/sessions.ts";
import { db } from "#lib/db/client.ts";
import { authorizedKeys } from "#lib/engine/keys.ts";
import { newId } from "#lib/ids.ts";
import type { Role } from "#lib/model/roles.ts";
import { type Account, seedAccount, seedMember } from "#tests/support/account.ts";
import { problemsOf } from "#tests/support/error-body.ts";
import { seedEstate } from "#tests/support/requests.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;

beforeAll(async () => {
  process.env.CLOUDHERO_REGISTRATION = "invite";
  server = await startTestServer();
});
afterAll(() => server.close());

const invite = (token: string, email: string, role: Role = "operator") =>
  server.call("POST", "/invitations", { token, body: { email, role } });
const accept = (body: object, token?: string) => server.call("POST", "/invitations/accept", { body, token });
const tokenIn = (link: string) => link.split("/").at(-1)!;
const newEmail = () => `${newId()}@example.com`;
const newcomer = { name: "Ada", password: "a long password" };
/** A log-in of somebody, as the token of its session. */
const session = ({ ctx }: Account) =>
  beginTokenSession(db(), { userId: ctx.user.id, organisationId: ctx.organisation.id });
const rolesOf = async (token: string): Promise<Record<string, Role>> => {
  const { body } = await server.call("GET", "/members", { token });
  return Object.fromEntries(body.map(({ id, role }: { id: string; role: Role }) => [id, role]));
};

describe("an invitation", () => {
  test("works once, and makes an account where nobody may sign up otherwise", async () => {
    const owner = await seedAccount();
    const email = newEmail();
    const made = await invite(owner.token, email.toUpperCase());
    expect(made.body).toMatchObject({ email, role: "operator", state: "open", mailed: false });
    const token = tokenIn(made.body.link);
    expect((await server.call("GET", `/invitations/accept?token=${token}`)).body).toMatchObject({
      organisation: owner.ctx.organisation.name,
      email,
      has_account: false,
    });
    const both = await Promise.all([accept({ token, ...newcomer }), accept({ token, ...newcomer })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, expect.toSatisfy((status) => status >= 404)]);
    expect((await accept({ token, ...newcomer })).status).toBe(404);
    const { body: listed } = await server.call("GET", "/invitations", { token: owner.token });
    expect(listed).toMatchObject([{ email, state: "accepted" }]);
    const login = await server.call("POST", "/accounts/login", { body: { email, password: newcomer.password } });
    const me = await server.call("GET", "/accounts/me", { token: login.body[0].refreshing_token });
    expect(me.body).toMatchObject({ name: "Ada", role: "operator", organisation: { id: owner.ctx.organisation.id } });
  });

  test("is for the address that it names, whoever holds the link", async () => {
    const owner = await seedAccount();
    const stranger = await seedAccount();
    const { body } = await invite(owner.token, newEmail());
    const refused = await accept({ token: tokenIn(body.link) }, await session(stranger));
    expect(refused.status).toBe(403);
    expect(await rolesOf(owner.token)).not.toHaveProperty(stranger.ctx.user.id);
  });

  test("is accepted by the member of another organisation, whose session turns to it", async () => {
    const [owner, guest] = [await seedAccount(), await seedAccount()];
    const { body } = await invite(owner.token, guest.ctx.user.email);
    const token = await session(guest);
    expect((await accept({ token: tokenIn(body.link) }, guest.token)).status).toBe(403);
    expect((await accept({ token: tokenIn(body.link) })).status).toBe(401);
    expect((await accept({ token: tokenIn(body.link), password: "not the one at all" })).status).toBe(422);
    expect((await accept({ token: tokenIn(body.link) }, token)).status).toBe(200);
    const { body: mine } = await server.call("GET", "/organisations", { token });
    expect(mine).toMatchObject([
      { id: guest.ctx.organisation.id, role: "owner", current: false },
      { id: owner.ctx.organisation.id, role: "operator", current: true },
    ]);
    const back = await server.call("POST", `/organisations/${guest.ctx.organisation.id}/enter`, { token });
    expect(back.status).toBe(200);
    expect((await server.call("GET", "/accounts/me", { token })).body.role).toBe("owner");
    expect((await server.call("GET", "/organisations", { token: guest.token })).body).toHaveLength(1);
  });

  test("ends when it expires, is withdrawn, or is sent again", async () => {
    const owner = await seedAccount();
    const [expired, withdrawn, again] = [
      await invite(owner.token, newEmail()),
      await invite(owner.token, newEmail()),
      await invite(owner.token, newEmail()),
    ];
    const aged = { expiresAt: new Date(Date.now() - 1000) };
    await db().update(invitations).set(aged).where(eq(invitations.id, expired.body.id));
    await server.call("DELETE", `/invitations/${withdrawn.body.id}`, { token: owner.token });
    const resend = () => server.call("POST", `/invitations/${again.body.id}/resend`, { token: owner.token });
    expect((await resend()).status).toBe(429);
    await db()
      .update(invitations)
      .set({ expiresAt: new Date(Date.now() + 1000) })
      .where(eq(invitations.id, again.body.id));
    const fresh = await resend();
    for (const { body } of [expired, withdrawn, again])
      expect((await accept({ token: tokenIn(body.link), ...newcomer })).status).toBe(404);
    expect((await accept({ token: tokenIn(fresh.body.link), ...newcomer })).status).toBe(200);
  });

  test("is made by an admin or an owner, never for more than they are, and one at a time for an address", async () => {
    const { ctx, token } = await seedAccount();
    const admin = await seedMember(ctx.organisation, "admin");
    const operator = await seedMember(ctx.organisation, "operator");
    expect((await invite(operator.token, newEmail(), "viewer")).status).toBe(403);
    expect((await invite(admin.token, newEmail(), "owner")).status).toBe(403);
    expect((await invite(token, newEmail(), "owner")).status).toBe(200);
    const email = newEmail();
    expect((await invite(admin.token, email)).status).toBe(200);
    const second = await invite(token, email);
    expect([second.status, problemsOf(second)[0]!.field]).toEqual([409, "email"]);
    expect((await invite(token, operator.ctx.user.email)).status).toBe(409);
  });

  test("needs a name and a password of 10 characters from who is new", async () => {
    const { body } = await invite((await seedAccount()).token, newEmail());
    const token = tokenIn(body.link);
    for (const [wish, field] of [
      [{ password: "a long password" }, "name"],
      [{ name: "A", password: "short" }, "password"],
    ] as const) {
      const answer = await accept({ token, ...wish });
      expect([answer.status, problemsOf(answer)[0]!.field]).toEqual([422, field]);
    }
  });
});

describe("a role", () => {
  test("is given up to one's own, to nobody above oneself, and counts at once", async () => {
    const { ctx, token } = await seedAccount();
    const admin = await seedMember(ctx.organisation, "admin");
    const viewer = await seedMember(ctx.organisation, "viewer");
    const give = (by: string, to: Account, role: Role) =>
      server.call("PUT", `/members/${to.ctx.user.id}`, { token: by, body: { role } });
    expect((await give(admin.token, viewer, "owner")).status).toBe(403);
    expect(
      (await server.call("PUT", `/members/${ctx.user.id}`, { token: admin.token, body: { role: "viewer" } })).status,
    ).toBe(403);
    expect((await give(admin.token, viewer, "operator")).status).toBe(200);
    expect(await rolesOf(token)).toMatchObject({ [viewer.ctx.user.id]: "operator" });
    const waiting = await invite(admin.token, newEmail(), "admin");
    expect((await give(token, admin, "viewer")).status).toBe(200);
    expect((await server.call("GET", "/invitations", { token: admin.token })).status).toBe(403);
    expect((await accept({ token: tokenIn(waiting.body.link), ...newcomer })).status).toBe(404);
  });

  test("of the last owner stays, also where two owners demote each other at once", async () => {
    const one = await seedAccount();
    const demote = (by: Account, whom: Account) =>
      server.call("PUT", `/members/${whom.ctx.user.id}`, { token: by.token, body: { role: "viewer" } });
    expect((await demote(one, one)).status).toBe(409);
    expect((await server.call("DELETE", `/members/${one.ctx.user.id}`, { token: one.token })).status).toBe(409);
    const other = await seedMember(one.ctx.organisation, "owner");
    const both = await Promise.all([demote(one, other), demote(other, one)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
    const left = await db().select().from(memberships).where(eq(memberships.organisationId, one.ctx.organisation.id));
    expect(left.filter(({ role }) => role === "owner")).toHaveLength(1);
  });

  test("of owner is handed over: the new owner may all, the old one is an admin", async () => {
    const { ctx, token } = await seedAccount();
    const heir = await seedMember(ctx.organisation, "viewer");
    const transfer = (by: string) =>
      server.call("POST", `/members/${heir.ctx.user.id}/transfer-ownership`, { token: by });
    expect((await transfer(heir.token)).status).toBe(403);
    expect((await transfer(token)).status).toBe(200);
    expect(await rolesOf(token)).toEqual({ [ctx.user.id]: "admin", [heir.ctx.user.id]: "owner" });
    expect((await transfer(token)).status).toBe(403);
    const rename = await server.call("PUT", `/organisations/${ctx.organisation.id}`, { token, body: { name: "Mine" } });
    expect(rename.status).toBe(403);
  });
});

describe("a member who is removed, or leaves", () => {
  test("loses sessions, tokens, keys and Docker certificates here at once, and nothing elsewhere", async () => {
    const estate = await seedEstate();
    const member = await seedMember(estate.ctx.organisation, "admin");
    const { user } = member.ctx;
    const elsewhere = await seedAccount();
    const there = { userId: user.id, organisationId: elsewhere.ctx.organisation.id };
    await db()
      .insert(memberships)
      .values({ ...there, role: "viewer" });
    const [here, abroad] = [await session(member), await beginTokenSession(db(), there)];
    await db()
      .update(clientCertificates)
      .set({ userId: user.id })
      .where(eq(clientCertificates.id, estate.ids.certificates!));
    await db().update(sshKeys).set({ userId: user.id }).where(eq(sshKeys.id, estate.ids.keys!));
    const removed = await server.call("DELETE", `/members/${user.id}`, { token: estate.token });
    expect(removed.status, removed.text).toBe(200);
    for (const token of [here, member.token])
      expect((await server.call("GET", "/members", { token })).status).toBe(401);
    expect((await server.call("GET", "/members", { token: abroad })).status).toBe(200);
    const [certificate] = await db()
      .select()
      .from(clientCertificates)
      .where(eq(clientCertificates.id, estate.ids.certificates!));
    expect(certificate!.revokedAt).not.toBeNull();
    expect(await db().select().from(sshKeys).where(eq(sshKeys.id, estate.ids.keys!))).toEqual([]);
    expect(await db().select().from(sessions).where(eq(sessions.userId, user.id))).toHaveLength(1);
    const { body: audit } = await server.call("GET", "/audit", { token: estate.token });
    expect(audit[0]).toMatchObject({ action: "member.remove", details: { email: user.email, tokens: ["admin"] } });
  });

  test("has no way into servers that are made when they have become a viewer", async () => {
    const estate = await seedEstate();
    const member = await seedMember(estate.ctx.organisation, "operator");
    const [key] = await db()
      .update(sshKeys)
      .set({ userId: member.ctx.user.id })
      .where(eq(sshKeys.id, estate.ids.keys!))
      .returning();
    const [environment] = await db().select().from(environments).where(eq(environments.id, estate.ids.environments!));
    const taken = () => authorizedKeys(db(), environment!);
    expect(await taken()).toContain(key!.publicKey);
    const theirs = eq(memberships.userId, member.ctx.user.id);
    await db().update(memberships).set({ role: "viewer" }).where(theirs);
    expect(await taken()).not.toContain(key!.publicKey);
  });

  test("is removed by an admin, but for an owner; everybody else may only leave", async () => {
    const { ctx, token } = await seedAccount();
    const admin = await seedMember(ctx.organisation, "admin");
    const viewer = await seedMember(ctx.organisation, "viewer");
    const remove = (by: string, id: string) => server.call("DELETE", `/members/${id}`, { token: by });
    expect((await remove(viewer.token, admin.ctx.user.id)).status).toBe(403);
    expect((await remove(admin.token, ctx.user.id)).status).toBe(403);
    expect((await remove(viewer.token, viewer.ctx.user.id)).status).toBe(200);
    expect(Object.keys(await rolesOf(token))).toEqual([ctx.user.id, admin.ctx.user.id]);
  });

  test("is told at log-in that no organisation is left, and comes back by an invitation and the old password", async () => {
    const owner = await seedAccount();
    const email = newEmail();
    const { body } = await invite(owner.token, email);
    await accept({ token: tokenIn(body.link), ...newcomer });
    const [user] = await db().select().from(users).where(eq(users.email, email));
    await server.call("DELETE", `/members/${user!.id}`, { token: owner.token });
    const login = () => server.call("POST", "/accounts/login", { body: { email, password: newcomer.password } });
    expect((await login()).status).toBe(403);
    const again = await invite(owner.token, email, "viewer");
    const back = await accept({ token: tokenIn(again.body.link), password: newcomer.password });
    expect(back.status, back.text).toBe(200);
    expect((await login()).status).toBe(200);
  });
});
