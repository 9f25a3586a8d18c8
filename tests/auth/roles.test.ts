import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memberships } from "#drizzle/schema/index.ts";
import { contracts } from "#lib/api/contracts/index.ts";
import { db } from "#lib/db/client.ts";
import { type Role, roles } from "#lib/model/roles.ts";
import { type Account, seedMember, seedToken } from "#tests/support/account.ts";
import { problemsOf } from "#tests/support/error-body.ts";
import { bodyFor, type Estate, pathOn, seedEstate } from "#tests/support/requests.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let estate: Estate;
let members: Record<Role, Account>;

beforeAll(async () => {
  process.env.CLOUDHERO_EC2_ENDPOINT = "http://127.0.0.1:1";
  server = await startTestServer();
  estate = await seedEstate();
  const seeded = roles.map(async (role) => [role, await seedMember(estate.ctx.organisation, role)] as const);
  members = Object.fromEntries(await Promise.all(seeded)) as Record<Role, Account>;
});
afterAll(() => server.close());

/** What each role may do beside what those before it may; the contracts are held to this, not this to them. */
const mayFrom: Record<Role, RegExp[]> = {
  viewer: [
    /^GET (?!.*(stop|start|delete|credentials|audit|invitations|webhooks|terminal|exec))/,
    /^POST \/environments\/(\{id\}\/)?plan$/,
    / \/tokens/,
    /\/docker-certificates/,
    / \/accounts/,
    /^DELETE \/members/,
    /^POST \/organisations\/.*enter$/,
  ],
  operator: [
    /^(POST|PUT|DELETE) \/(applications|environments)(?!\/plan$)/,
    /^(POST|PUT|DELETE) \/templates/,
    /^GET .*\/(stop|start|delete|credentials|terminal|exec)$/,
    /^(POST|DELETE) \/keys/,
  ],
  admin: [
    /^(POST|PUT|DELETE) \/(providers|integrations)/,
    /^GET \/audit$/,
    / \/invitations/,
    /^PUT \/members/,
    /^GET \/integrations\/webhooks/,
  ],
  owner: [/transfer-ownership$/, /^PUT \/organisations/],
};

describe.each(
  contracts.filter(({ access }) => access !== "public").map((each) => [`${each.method} ${each.path}`, each] as const),
)("%s", (name, contract) => {
  test("is open from the role that the table says", () => {
    const [expected] = Object.entries(mayFrom).find(([, patterns]) => patterns.some((pattern) => pattern.test(name)))!;
    expect(contract.access).toBe(expected);
  });
});

test("every role that suffices gets past the door of every route", { timeout: 120_000 }, async () => {
  for (const contract of contracts.filter(({ access, path }) => access !== "public" && !path.endsWith("/events"))) {
    // What needs a log-in, which these tokens are none of.
    if (/^\/accounts\/|\/enter$/.test(contract.path)) continue;
    for (const role of roles.slice(roles.indexOf(contract.access as Role))) {
      // Of what is not there, so that nothing goes missing on the way.
      const loses = contract.method === "DELETE" || contract.path.endsWith("/transfer-ownership");
      const path = loses ? contract.path.replace(/\{\w+\}/, "none") : pathOn(contract, estate);
      const { token } = members[role];
      const answer = await server.call(contract.method, path, { token, body: bodyFor(contract, estate) });
      expect([401, 403, 500], `${role}: ${contract.method} ${path}: ${answer.text}`).not.toContain(answer.status);
    }
  }
});

describe("a token", () => {
  const create = (token: string) =>
    server.call("POST", "/applications", { token, body: { application_name: `made ${Math.random()}` } });

  test("is held to its own role where that is less than its user's", async () => {
    const { ctx } = members.owner;
    const owner = { userId: ctx.user.id, organisationId: ctx.organisation.id };
    expect((await create(await seedToken(owner, "viewer"))).status).toBe(403);
    expect((await create(await seedToken(owner, "operator"))).status).toBe(200);
  });

  test("is held to its user's role, also once that is less than it was", async () => {
    const member = await seedMember(estate.ctx.organisation, "operator");
    const owner = { userId: member.ctx.user.id, organisationId: member.ctx.organisation.id };
    const tooMuch = await seedToken(owner, "owner");
    expect((await server.call("GET", "/audit", { token: tooMuch })).status).toBe(403);
    expect((await create(member.token)).status).toBe(200);
    const mine = and(eq(memberships.userId, owner.userId), eq(memberships.organisationId, owner.organisationId));
    await db().update(memberships).set({ role: "viewer" }).where(mine);
    expect((await create(member.token)).status).toBe(403);
    await db().delete(memberships).where(mine);
    expect((await server.call("GET", "/applications", { token: member.token })).status).toBe(401);
  });

  test("makes none that may more than it", async () => {
    for (const [role, wished] of [
      ["viewer", "operator"],
      ["operator", "admin"],
      ["admin", "owner"],
    ] as const) {
      const { token } = members[role];
      const more = await server.call("POST", "/tokens", { token, body: { name: "more", role: wished } });
      expect(more.status).toBe(403);
      problemsOf(more);
      const same = await server.call("POST", "/tokens", { token, body: { name: "same" } });
      expect(same.body.role).toBe(role);
    }
  });

  test("of another member is seen and revoked by an admin alone", async () => {
    const { body: made } = await server.call("POST", "/tokens", {
      token: members.operator.token,
      body: { name: "mine" },
    });
    const ids = async (role: Role) =>
      (await server.call("GET", "/tokens?limit=500", { token: members[role].token })).body.map(
        ({ id }: { id: string }) => id,
      );
    expect(await ids("operator")).toContain(made.id);
    expect(await ids("viewer")).not.toContain(made.id);
    expect(await ids("admin")).toContain(made.id);
    expect((await server.call("DELETE", `/tokens/${made.id}`, { token: members.viewer.token })).status).toBe(404);
    expect((await server.call("DELETE", `/tokens/${made.id}`, { token: members.admin.token })).status).toBe(200);
  });
});
