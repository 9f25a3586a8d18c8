import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { appendEvents } from "#lib/db/events.ts";
import { nodeLog } from "#lib/domain/environments/node-log.ts";
import { type Account, seedAccount, seedMember } from "#tests/support/account.ts";
import { node, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

const count = 2_500;
let server: TestServer;
let owner: Account;
let id: string;

beforeAll(async () => {
  server = await startTestServer();
  owner = await seedAccount();
  id = await seedEnvironment(await seedPlace(owner.ctx), { nodes: [node("web"), node("db")] });
  const said = Array.from({ length: count }, (_, index) => [
    { kind: index % 100 === 0 ? ("step" as const) : ("log" as const), nodeName: "web", message: `line ${index}` },
    { kind: "log" as const, nodeName: "db", message: `other ${index}` },
  ]).flat();
  await appendEvents(db(), id, said);
});
afterAll(() => server.close());

const path = (name: string) => `/environments/${id}/nodes/${name}/log`;

test("a node's log is downloaded whole, in order, each line with its time, and no other node's", async () => {
  const { token } = await seedMember(owner.ctx.organisation, "viewer");
  const { status, headers, text } = await server.call("GET", path("web"), { token });
  expect([status, headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
  const lines = text.trimEnd().split("\n");
  expect(lines).toHaveLength(count);
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z == line 0$/);
  expect(lines[count - 1]).toMatch(/Z line 2499$/);
});

test("another organisation's log, and a node that never was, are not found", async () => {
  const stranger = await seedAccount();
  expect((await server.call("GET", path("web"), { token: stranger.token })).status).toBe(404);
  expect((await server.call("GET", path("nobody"), { token: owner.token })).status).toBe(404);
});

test("a page has the newest lines, or those around the one that is asked for", async () => {
  const newest = await nodeLog(owner.ctx, id, "web", { limit: 100 });
  expect([newest.isEnd, newest.lines.length, newest.lines.at(-1)!.message]).toEqual([true, 100, "line 2499"]);
  const all = await nodeLog(owner.ctx, id, "web", { limit: 5_000 });
  const old = all.lines[500]!;
  const around = await nodeLog(owner.ctx, id, "web", { limit: 100, around: old.id });
  expect(around.isEnd).toBe(false);
  expect(around.lines.map(({ message }) => message)).toContain("line 500");
  expect(around.lines).toHaveLength(100);
  expect(around.lines.map((line) => line.id)).toEqual(around.lines.map((line) => line.id).toSorted((a, b) => a - b));
  const recent = await nodeLog(owner.ctx, id, "web", { limit: 100, around: all.lines.at(-5)!.id });
  expect(recent.isEnd).toBe(true);
});
