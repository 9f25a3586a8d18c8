import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { environments, nodes } from "#drizzle/schema/index.ts";
import { db, driver } from "#lib/db/client.ts";
import { seedAccount } from "#tests/support/account.ts";
import { node, observeRunning, type Place, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let place: Place;
let token: string;
let path: string;
let id: string;

beforeAll(async () => {
  server = await startTestServer();
  const account = await seedAccount();
  token = account.token;
  place = await seedPlace(account.ctx);
});
afterAll(() => server.close());
beforeEach(async () => {
  id = await seedEnvironment(place, { nodes: [node("web"), node("db")] });
  path = `/environments/${id}`;
});

const send = (method: string, tail = "", body?: unknown) => server.call(method, `${path}${tail}`, { token, body });
const web = { name: "web", size: "small" };
const dbNode = { name: "db", size: "small" };

describe("stop, start, delete", () => {
  test("answer each server's transition under alias, type and name; the cloud's states, code as text", async () => {
    await observeRunning(id);
    const { body } = await send("POST", "/stop");
    expect(body).toMatchObject({ success: true, state: "stopping" });
    const servers = body.std_out["company-owner-docker"].docker;
    expect(Object.keys(servers)).toHaveLength(2);
    for (const [name, moved] of Object.entries(servers)) {
      expect(name).toMatch(/^company-owner-application-[a-z0-9-]+$/);
      expect(moved).toEqual([
        {
          instanceId: "i-1",
          currentState: { code: "64", name: "stopping" },
          previousState: { code: "16", name: "running" },
        },
      ]);
    }
  });

  test("of what was never launched answer instanceId null, from pending", async () => {
    const { body } = await send("GET", "/delete");
    for (const [name, moved] of Object.entries(body.std_out["company-owner-docker"].docker))
      expect(moved).toEqual({
        newname: expect.stringMatching(new RegExp(`^${name}-DEL[0-9a-f]{32}$`)),
        instanceId: null,
        currentState: { code: "32", name: "shutting-down" },
        previousState: { code: "0", name: "pending" },
      });
  });

  test("each leave one job for the engine, the newest wish in it", async () => {
    for (const verb of ["stop", "start", "stop", "delete"]) expect((await send("POST", `/${verb}`)).status).toBe(200);
    const jobs = await driver()`select state from pgboss.job where name = 'reconcile' and singleton_key = ${id}`;
    expect(jobs).toHaveLength(1);
    const [row] = await db().select().from(environments).where(eq(environments.id, id));
    expect(row).toMatchObject({ wish: "delete", state: "deleting" });
  });
});

describe("a delete", () => {
  test("is final: stop, start, change and retry after it are 409, and nothing has changed", async () => {
    await send("DELETE");
    const later = [
      send("POST", "/stop"),
      send("GET", "/start"),
      send("PUT", "", { nodes: [web, dbNode] }),
      send("POST", "/nodes/web/retry"),
    ];
    for (const answer of await Promise.all(later)) {
      expect(answer.status, answer.text).toBe(409);
      expect(answer.body.errors).toMatchObject([{ code: "conflict" }]);
    }
    expect((await send("GET")).body).toMatchObject({ wish: "delete", state: "deleting" });
  });

  test("answers alike when it is repeated, by any of its three ways, and is audited once", async () => {
    const [first, ...more] = [
      await send("DELETE"),
      await send("DELETE"),
      await send("POST", "/delete"),
      await send("GET", "/delete"),
    ];
    expect(first!.status).toBe(200);
    for (const answer of more) expect([answer.status, answer.body]).toEqual([200, first!.body]);
    const rows = await driver()`select action from audit where target = ${id} and action = 'environment.delete'`;
    expect(rows).toHaveLength(1);
  });

  test("is shown as deleted for a day, then 404", async () => {
    await db()
      .update(environments)
      .set({ wish: "delete", state: "deleted", deletedAt: new Date() })
      .where(eq(environments.id, id));
    await db().update(nodes).set({ state: "deleted" }).where(eq(nodes.environmentId, id));
    expect((await send("GET")).body.state).toBe("deleted");
    const repeated = await send("DELETE");
    expect([repeated.status, repeated.body.state]).toEqual([200, "deleted"]);
    expect((await send("POST", "/start")).status).toBe(409);
    const listed = await server.call("GET", "/environments?limit=500", { token });
    expect(listed.body.map((one: { id: string }) => one.id)).not.toContain(id);
    const yesterday = new Date(Date.now() - 86_401_000);
    await db().update(environments).set({ deletedAt: yesterday }).where(eq(environments.id, id));
    for (const answer of [await send("GET"), await send("DELETE"), await send("GET", "/query")])
      expect(answer.status).toBe(404);
  });

  test("leaves what stands on it in place until it is done: 409 for the provider and the application, naming it", async () => {
    const { name } = (await send("GET")).body;
    const provider = await server.call("DELETE", `/providers/${place.providerId}`, { token });
    expect(provider.status).toBe(409);
    const application = await server.call("DELETE", `/applications/${place.applicationId}`, { token });
    expect(application.status).toBe(409);
    const alone = await seedPlace(place.ctx);
    const only = await seedEnvironment(alone, { name: "the only one" });
    const using = await server.call("DELETE", `/providers/${alone.providerId}`, { token });
    expect(using.body.errors[0].message).toContain("the only one");
    expect(name).toBeTruthy();
    await db()
      .update(environments)
      .set({ wish: "delete", state: "deleted", deletedAt: new Date() })
      .where(eq(environments.id, only));
    expect((await server.call("DELETE", `/applications/${alone.applicationId}`, { token })).status).toBe(200);
    expect((await server.call("DELETE", `/providers/${alone.providerId}`, { token })).status).toBe(200);
  });
});

describe("PUT", () => {
  test("states the whole wish: nodes are added, and packages changed", async () => {
    const answer = await send("PUT", "", {
      nodes: [{ ...web, packages: ["redis"] }, dbNode, { name: "cache", size: "medium" }],
    });
    expect(answer.status, answer.text).toBe(200);
    const shown = answer.body.nodes.map(({ name, size, packages }: Record<string, unknown>) => ({
      name,
      size,
      packages,
    }));
    expect(shown).toEqual([
      { name: "web", size: "small", packages: ["redis"] },
      { name: "db", size: "small", packages: [] },
      { name: "cache", size: "medium", packages: [] },
    ]);
  });

  test("that leaves nodes out is 422 naming them, and with prune removes them", async () => {
    const refused = await send("PUT", "", { nodes: [{ name: "cache", size: "small" }] });
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0]).toMatchObject({
      code: "invalid",
      field: "nodes",
      message: expect.stringMatching(/web, db.*"prune": true/),
    });
    expect((await send("GET")).body.nodes).toHaveLength(2);
    expect((await send("PUT", "", { nodes: [web], prune: true })).status).toBe(200);
    const rows = await db().select().from(nodes).where(eq(nodes.environmentId, id));
    expect(Object.fromEntries(rows.map(({ name, removal }) => [name, removal]))).toEqual({ web: null, db: "prune" });
    expect((await send("PUT", "", { nodes: [web] })).status).toBe(200);
    const back = await send("PUT", "", { nodes: [web, dbNode] });
    expect([back.status, back.body.errors[0].field]).toEqual([409, "nodes[1].name"]);
  });

  test("does not change a size", async () => {
    const answer = await send("PUT", "", { nodes: [web, { ...dbNode, size: "medium" }] });
    expect([answer.status, answer.body.errors[0].field]).toEqual([422, "nodes[1].size"]);
  });

  test("repeated, answers alike and adds nothing", async () => {
    const body = { nodes: [web, dbNode, { name: "cache", size: "small" }], heal: true };
    const [one, other] = [await send("PUT", "", body), await send("PUT", "", body)];
    expect(other.body.nodes).toEqual(one.body.nodes);
    expect(other.body).toMatchObject({ heal: true, name: one.body.name });
  });
});

describe("a body that says more than there is", () => {
  test("a mistyped field is refused by name, so that nobody gets a bare server for it", async () => {
    const { status, body } = await send("PUT", "", { nodes: [{ ...web, package: ["nginx"] }, dbNode] });
    expect([status, body.errors[0]]).toMatchObject([
      422,
      { field: "nodes[0]", message: expect.stringContaining("package") },
    ]);
  });

  test("the body that made an environment may be sent again; another region or provider is refused", async () => {
    const same = { provider_id: place.providerId, region: "local", nodes: [web, dbNode] };
    expect((await send("PUT", "", same)).status).toBe(200);
    const moved = await send("PUT", "", { ...same, region: "elsewhere" });
    expect([moved.status, moved.body.errors[0].field]).toEqual([422, "region"]);
  });
});
