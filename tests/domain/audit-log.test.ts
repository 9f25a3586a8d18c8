import { afterAll, beforeAll, expect, test } from "vitest";
import { audit } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { updateEnvironment } from "#lib/domain/environments/update.ts";
import { newId } from "#lib/ids.ts";
import { type Account, seedAccount, seedMember } from "#tests/support/account.ts";
import { node, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { problemsOf } from "#tests/support/error-body.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let account: Account;

beforeAll(async () => {
  server = await startTestServer();
  account = await seedAccount();
  const { organisation } = account.ctx;
  const row = (actor: string, action: string, at: string, target: string, details: Record<string, unknown> | null) => ({
    ...{
      id: newId(Date.parse(at)),
      organisationId: organisation.id,
      actor,
      action,
      target,
      details,
      at: new Date(at),
      address: "192.0.2.1",
    },
  });
  await db()
    .insert(audit)
    .values([
      row("ann@example.com", "environment.create", "2026-01-01T10:00:00Z", "e1", { name: "=cmd|'/c calc'!A1" }),
      row("ann@example.com", "environment.delete", "2026-01-02T23:59:59Z", "e1", { name: 'a, "quoted"\nname' }),
      row("bob@example.com", "environment.stop", "2026-01-03T00:00:00Z", "e2", { name: "100%_x" }),
      row("bob@example.com", "node.retry", "2026-01-04T10:00:00Z", "e2", { node: "web" }),
      row("b%b@example.com", "token.create", "2026-01-05T10:00:00Z", "t1", null),
    ]);
  const stranger = await seedAccount();
  await db()
    .insert(audit)
    .values({
      ...row("ann@example.com", "environment.create", "2026-01-01T10:00:00Z", "e1", null),
      organisationId: stranger.ctx.organisation.id,
    });
});
afterAll(() => server.close());

const get = (query: string, headers: Record<string, string> = {}) =>
  server.call("GET", `/audit${query}`, { token: account.token, headers });
const found = async (query: string): Promise<string[]> => {
  const { status, text, body } = await get(query);
  expect(status, text).toBe(200);
  return body.map(({ action, target }: { action: string; target: string }) => `${action} ${target}`);
};

test.each([
  ["?actor=ann", ["environment.delete e1", "environment.create e1"]],
  ["?actor=b%25b", ["token.create t1"]],
  ["?action=environment", ["environment.stop e2", "environment.delete e1", "environment.create e1"]],
  ["?action=environment.de", ["environment.delete e1"]],
  ["?action=env", []],
  ["?target=e2", ["node.retry e2", "environment.stop e2"]],
  ["?since=2026-01-03&until=2026-01-04T10:00:00Z", ["environment.stop e2"]],
  ["?until=2026-01-02", ["environment.delete e1", "environment.create e1"]],
  ["?since=2026-01-03T01:00:00%2B01:00&action=environment", ["environment.stop e2"]],
  ["?actor=bob&target=e1", []],
])("%s finds what it says, newest first, and nobody else's", async (query, expected) => {
  expect(await found(query)).toEqual(expected);
});

test("a filter goes on from page to page", async () => {
  const first = await get("?action=environment&limit=2");
  const next = /<([^>]+)>/.exec(first.headers.get("link")!)![1]!;
  expect(next).toContain("action=environment");
  const second = await server.call("GET", next, { token: account.token });
  expect([...first.body, ...second.body].map(({ target }) => target)).toEqual(["e2", "e1", "e1"]);
});

test.each([
  ["?since=yesterday", "since"],
  ["?until=2026-13-01", "until"],
  ["?action=Environment", "action"],
  ["?format=xml", "format"],
])("%s is refused, naming the field", async (query, field) => {
  const answer = await get(query);
  expect(answer.status).toBe(422);
  expect(problemsOf(answer)).toMatchObject([{ field }]);
});

test("the table is sent as a file on demand, whole, and no cell of it is a formula", async () => {
  for (const answer of [await get("?format=csv&limit=1"), await get("?limit=1", { accept: "text/csv" })]) {
    expect(answer.headers.get("content-type")).toMatch(/^text\/csv/);
    expect(answer.headers.get("content-disposition")).toContain('filename="audit.csv"');
    const [head, ...lines] = answer.text.split("\r\n");
    expect(head).toBe("id,at,actor,action,in words,target,name,address,details");
    expect(lines.filter(Boolean)).toHaveLength(5);
    expect(answer.text).toContain(`"'=cmd|'/c calc'!A1"`);
    expect(answer.text).toContain('"a, ""quoted""\nname"');
    expect(answer.text).not.toMatch(/(^|[,\n])"?[=+@-]/);
  }
  expect((await get("?format=csv&actor=ann")).text.trim().split("\r\n")).toHaveLength(3);
});

test("a file of many pages has each entry once", async () => {
  const { ctx, token } = await seedAccount();
  const many = Array.from({ length: 1203 }, (_, index) => ({
    ...{ organisationId: ctx.organisation.id, actor: `a${index}`, action: "key.create" },
  }));
  await db().insert(audit).values(many);
  const { text } = await server.call("GET", "/audit?format=csv", { token });
  const actors = text
    .trim()
    .split("\r\n")
    .slice(1)
    .map((line) => line.split(",")[2]);
  expect(new Set(actors).size).toBe(1203);
  expect(actors).toHaveLength(1203);
});

test("is for admins, as a file too", async () => {
  const { token } = await seedMember(account.ctx.organisation, "operator");
  for (const query of ["", "?format=csv"])
    expect((await server.call("GET", `/audit${query}`, { token })).status).toBe(403);
});

test("a changed environment's entry says what was before and what is now", async () => {
  const { ctx, token } = await seedAccount();
  const place = await seedPlace(ctx);
  const id = await seedEnvironment(place, { name: "staging", nodes: [node("web"), node("old")] });
  await updateEnvironment(ctx, id, {
    ...{ name: "live", prune: true, choices: {} },
    nodes: [node("web", { packages: ["nginx"], expose: [{ port: 80, cidr: "0.0.0.0/0" }] }), node("new")],
  });
  const { body } = await server.call("GET", "/audit?action=environment.update", { token });
  expect(body[0].details).toEqual({
    name: "live",
    changes: {
      name: { before: "staging", after: "live" },
      "web: packages": { before: [], after: ["nginx"] },
      "web: expose": { before: [], after: ["80 for 0.0.0.0/0"] },
      "node new": { before: null, after: "small" },
      "node old": { before: "small", after: null },
    },
  });
});
