import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { environments } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { findEnvironments, type Sought } from "#lib/domain/environments/find.ts";
import { type Account, seedAccount } from "#tests/support/account.ts";
import { node, seedApplication, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let account: Account;
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await startTestServer();
  account = await seedAccount();
  const place = await seedPlace(account.ctx);
  const [shop, blog] = [await seedApplication(account.ctx, "shop"), await seedApplication(account.ctx, "staging-blog")];
  const make = async (applicationId: string, name: string, packages: string[] = []) => {
    ids[name] = await seedEnvironment(
      { ...place, applicationId },
      { name, nodes: [node("web", { packages }), node("db")] },
    );
  };
  await make(shop, "production");
  await make(shop, "staging", ["docker"]);
  await make(shop, "old-staging");
  await make(blog, "live");
  await make(shop, "100%");
  const stranger = await seedPlace((await seedAccount()).ctx);
  await seedEnvironment(stranger, { name: "staging" });
});
afterAll(() => server.close());

const find = async (words: string, change: Partial<Sought> = {}) =>
  (await findEnvironments(account.ctx, { words, limit: 10, ...change })).map(({ name }) => name);

test("the nearest is first: a name that begins with it, one that has it, an application's", async () => {
  expect(await find("sta")).toEqual(["staging", "old-staging", "live"]);
  expect(await find("STAGING")).toEqual(["staging", "old-staging", "live"]);
});

test("letters in their order find a name, application/environment a path, and an id its own", async () => {
  expect(await find("prdn")).toEqual(["production"]);
  expect(await find("shop/prod")).toEqual(["production"]);
  expect(await find("shop sta")).toEqual(["staging", "old-staging"]);
  expect(await find(ids.live!)).toEqual(["live"]);
});

test("signs that mean something to Postgres are only themselves", async () => {
  expect(await find("100%")).toEqual(["100%"]);
  expect(await find("_")).toEqual([]);
  expect(await find("\\")).toEqual([]);
});

test("without words, what changed last", async () => {
  await db()
    .update(environments)
    .set({ changedAt: new Date(Date.now() + 60_000) })
    .where(eq(environments.id, ids.live!));
  expect((await find("", { limit: 1 }))[0]).toBe("live");
});

test("those that are wished to run, those with Docker, and never another organisation's or a deleted one", async () => {
  await db().update(environments).set({ wish: "stop" }).where(eq(environments.id, ids["old-staging"]!));
  expect(await find("staging", { wish: "stop" })).toEqual(["old-staging"]);
  expect(await find("", { docker: true })).toEqual(["staging"]);
  await db().update(environments).set({ deletedAt: new Date() }).where(eq(environments.id, ids["old-staging"]!));
  expect(await find("staging")).toEqual(["staging", "live"]);
});

test("the API answers the same by a token", async () => {
  const { status, body } = await server.call("GET", "/search?q=sta&limit=1", { token: account.token });
  expect(status).toBe(200);
  expect(body).toEqual([
    {
      id: ids.staging,
      name: "staging",
      application_name: "shop",
      state: "pending",
      wish: "run",
      servers: 2,
      docker: true,
      first_node: "web",
    },
  ]);
});
