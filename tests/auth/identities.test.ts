import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { identities, memberships, users } from "#drizzle/schema/index.ts";
import { claimsOf } from "#lib/auth/login-providers.ts";
import { beginWebSession } from "#lib/auth/sessions.ts";
import { loadConfig } from "#lib/config.ts";
import { db } from "#lib/db/client.ts";
import { disconnectIdentity } from "#lib/domain/accounts/disconnect.ts";
import { logInByIdentity } from "#lib/domain/accounts/identity.ts";
import { newId } from "#lib/ids.ts";
import { type Account, seedAccount, seedMember } from "#tests/support/account.ts";
import { seedInvitation } from "#tests/support/requests.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(() => {
  process.env.CLOUDHERO_REGISTRATION = "open";
});
afterAll(() => server.close());

const claims = (change: object = {}) => ({
  provider: "oidc",
  subject: newId(),
  email: `${newId()}@example.com` as string | null,
  verified: true,
  name: "Grace",
  ...change,
});
const enter = (said: ReturnType<typeof claims>, asker: Account["ctx"] | null = null) =>
  logInByIdentity({ db: db(), address: null }, said, asker);
const loggedIn = async ({ ctx }: Account) => ({
  ...ctx,
  sessionId: await beginWebSession(db(), { userId: ctx.user.id, organisationId: ctx.organisation.id }),
});

test("somebody new makes an account once, however often they come, also at once", async () => {
  const said = claims();
  const all = await Promise.all([enter(said), enter(said), enter(said)]);
  expect(all.filter((one) => "userId" in one).length).toBeGreaterThan(0);
  const again = await enter({ ...said, email: "changed@example.com" });
  const made = await db().select().from(users).where(eq(users.email, said.email!));
  expect(made).toMatchObject([{ id: (again as { userId: string }).userId, name: "Grace", passwordHash: null }]);
});

test("an address that the provider does not vouch for makes and opens nothing", async () => {
  const { ctx } = await seedAccount();
  for (const said of [
    claims({ verified: false }),
    claims({ email: null }),
    claims({ email: ctx.user.email, verified: false }),
  ])
    expect(await enter(said)).toEqual({ refused: "unverified" });
  expect(await db().select().from(identities).where(eq(identities.userId, ctx.user.id))).toEqual([]);
});

test("only what says that it is verified is", () => {
  for (const email_verified of [undefined, false, "false", 1, "yes", null])
    expect(claimsOf("oidc", "s", { email: "a@b.example", email_verified }).verified).toBe(false);
  expect(claimsOf("oidc", "s", { email: "A@B.example", email_verified: true })).toMatchObject({
    email: "a@b.example",
    verified: true,
  });
});

test("an account with a password is connected by its holder alone, until its address is proven", async () => {
  const account = await seedAccount();
  const { user } = account.ctx;
  const said = claims({ email: user.email });
  expect(await enter(said)).toEqual({ refused: "exists" });
  const asker = await loggedIn(account);
  expect(await enter(claims(), asker)).toEqual({ refused: "other" });
  expect(await enter(said, asker)).toMatchObject({ userId: user.id, sessionId: asker.sessionId });
  expect(await enter(said)).toMatchObject({ userId: user.id });
  const thief = await seedAccount();
  expect(await enter(said, await loggedIn(thief))).toEqual({ refused: "taken" });
});

test("an account that was made by an invitation is not connected by the provider's word alone: who invited knew the link", async () => {
  const { ctx } = await seedAccount();
  const invitation = await seedInvitation(ctx);
  const email = `${invitation}@example.com`;
  const body = { token: invitation, name: "Ada", password: "a long password" };
  expect((await server.call("POST", "/invitations/accept", { body })).status).toBe(200);
  expect(await enter(claims({ email }))).toEqual({ refused: "exists" });
});

test("where nobody may sign up, a verified address comes in by its invitation alone", async () => {
  process.env.CLOUDHERO_REGISTRATION = "invite";
  expect(await enter(claims())).toEqual({ refused: "closed" });
  const { ctx } = await seedAccount();
  const invitation = await seedInvitation(ctx, "operator");
  const said = claims({ email: `${invitation}@example.com` });
  const found = (await enter(said)) as { userId: string; organisationId: string };
  expect(found.organisationId).toBe(ctx.organisation.id);
  const joined = await db().select().from(memberships).where(eq(memberships.userId, found.userId));
  expect(joined).toMatchObject([{ organisationId: ctx.organisation.id, role: "operator" }]);
  expect((await server.call("GET", `/invitations/accept?token=${invitation}`)).status).toBe(404);
});

test("somebody without an organisation is told so, and the only way in cannot be thrown away", async () => {
  const owner = await seedAccount();
  const member = await seedMember(owner.ctx.organisation, "viewer");
  const said = claims({ email: member.ctx.user.email });
  const asker = await loggedIn(member);
  await enter(said, asker);
  await db().update(users).set({ passwordHash: null }).where(eq(users.id, asker.user.id));
  await expect(disconnectIdentity(asker, "oidc")).rejects.toThrow("only way");
  await db().delete(memberships).where(eq(memberships.userId, asker.user.id));
  expect(await enter(said)).toEqual({ refused: "homeless" });
});

test("half a provider's configuration is refused by name", () => {
  for (const half of ["GITHUB_ID", "GOOGLE_SECRET", "OIDC_ID", "OIDC_ISSUER"])
    expect(() => loadConfig({ [`CLOUDHERO_${half}`]: "https://x.example" })).toThrow(/CLOUDHERO_\w+.* go together/);
});
