import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as schema from "#drizzle/schema/index.ts";
import { environments, nodes } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { db, driver } from "#lib/db/client.ts";
import { environmentCosts } from "#lib/domain/environments/costs.ts";
import { getEnvironment } from "#lib/domain/environments/get.ts";
import { type OverviewFilter, overview } from "#lib/domain/overview/overview.ts";
import { overviewSorts } from "#lib/model/overview-sorts.ts";
import { seedAccount } from "#tests/support/account.ts";
import { type Place, seedApplication, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { seedManyEnvironments, seedPricedProvider } from "#tests/support/many-environments.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

const MANY = 1000;
const FEW = 100;
const small = 6;
const large = 48;

let server: TestServer;
let token: string;
let many: Place;
let few: Place;

beforeAll(async () => {
  server = await startTestServer();
  const account = await seedAccount();
  token = account.token;
  many = await seed(account.ctx, MANY);
  few = await seed((await seedAccount()).ctx, FEW);
});
afterAll(() => server.close());

async function seed(ctx: Context, count: number): Promise<Place> {
  const place = {
    ctx,
    providerId: await seedPricedProvider({ ctx }),
    applicationId: await seedApplication(ctx, "shop"),
  };
  await seedManyEnvironments(place, count);
  return place;
}

const plain: OverviewFilter = { sort: "name", descending: false, limit: 50, offset: 0 };
const look = (ctx: Context, change: Partial<OverviewFilter> = {}) => overview(ctx, { ...plain, ...change });

test("a page of a thousand environments says what each costs, how many servers are ready, and what all cost together", async () => {
  const { environments, total, perMonth, partial, moving } = await look(many.ctx);
  expect([total, environments.length, partial, moving]).toEqual([MANY, 50, false, true]);
  expect(environments[1]).toMatchObject({
    name: "env-00002",
    applicationName: "shop",
    ready: 3,
    servers: 3,
    region: "fra1",
  });
  expect(environments[1]!.perMonth).toBeCloseTo(large + 2 * small);
  // DigitalOcean bills a stopped server as a running one.
  expect(perMonth).toBeCloseTo(MANY * (large + 2 * small));
});

test("the overview and an environment's own page tell the same cost", async () => {
  const [row] = (await look(many.ctx, { name: "env-00007" })).environments;
  const { running } = await environmentCosts(many.ctx, await getEnvironment(many.ctx, row!.id));
  expect(row!.perMonth).toBeCloseTo(running!.perMonth);
});

test("a price that is not known makes no cost of zero", async () => {
  const { ctx } = await seedAccount();
  const place = { ...(await seedPlace(ctx)), providerId: await seedPricedProvider({ ctx }) };
  await seedManyEnvironments(place, 2);
  const [first] = (await look(ctx)).environments;
  await db().update(nodes).set({ size: "unheard-of" }).where(eq(nodes.environmentId, first!.id));
  const after = await look(ctx);
  expect(after.environments.map(({ perMonth }) => perMonth)).toEqual([null, expect.any(Number)]);
  expect(after).toMatchObject({ partial: true, perMonth: expect.closeTo(large + 2 * small) });
});

test("what is being deleted is not counted as running cost", async () => {
  const { ctx } = await seedAccount();
  const place = { ...(await seedPlace(ctx)), providerId: await seedPricedProvider({ ctx }) };
  await seedManyEnvironments(place, 1);
  await db()
    .update(environments)
    .set({ wish: "delete", state: "deleting" })
    .where(eq(environments.providerId, place.providerId));
  expect(await look(ctx)).toMatchObject({ perMonth: 0, total: 1, moving: true });
});

test.each(overviewSorts)(
  "sorted by %s, the pages hold each environment once, and turned round the other way",
  async (sort) => {
    const whole = await look(many.ctx, { sort, limit: MANY });
    const pages = await Promise.all([0, 400, 800].map((offset) => look(many.ctx, { sort, limit: 400, offset })));
    const ids = pages.flatMap(({ environments }) => environments.map(({ id }) => id));
    expect(new Set(ids).size).toBe(MANY);
    expect(ids).toEqual(whole.environments.map(({ id }) => id));
    const back = await look(many.ctx, { sort, descending: true, limit: MANY });
    const keyOf = {
      name: "name",
      state: "state",
      servers: "servers",
      provider: "providerName",
      region: "region",
      cost: "perMonth",
      age: "createdAt",
      changed: "changedAt",
    } as const;
    const keys = ({ environments }: typeof whole) => environments.map((row) => row[keyOf[sort]]);
    expect(keys(back)).toEqual(keys(whole).reverse());
  },
);

test("filters narrow the rows and the count, not the total cost", async () => {
  const stopped = await look(many.ctx, { state: "stopped" });
  expect([stopped.total, stopped.moving]).toEqual([100, false]);
  expect(stopped.perMonth).toBeCloseTo(MANY * (large + 2 * small));
  expect((await look(many.ctx, { name: "ENV-0001" })).total).toBe(10);
  expect((await look(many.ctx, { name: "shop" })).total, "an application's name finds its environments").toBe(MANY);
  expect((await look(many.ctx, { name: "100%" })).total).toBe(0);
  expect((await look(many.ctx, { providerId: many.providerId, applicationId: many.applicationId })).total).toBe(MANY);
  expect((await look(many.ctx, { providerId: few.providerId })).total, "another organisation's provider").toBe(0);
});

test("an environment without a server is there", async () => {
  const place = await seedPlace((await seedAccount()).ctx);
  const id = await seedEnvironment(place);
  await db().delete(nodes).where(eq(nodes.environmentId, id));
  expect((await look(place.ctx)).environments).toMatchObject([{ id, servers: 0, ready: 0, perMonth: null }]);
});

test("ten times the environments take as many statements, and far less than ten times the time", async () => {
  let statements = 0;
  const counting = drizzle(driver(), { schema, casing: "snake_case", logger: { logQuery: () => statements++ } });
  const measure = async (ctx: Context) => {
    statements = 0;
    await look({ ...ctx, db: counting });
    const count = statements;
    const times: number[] = [];
    for (let run = 0; run < 7; run += 1) {
      const begun = performance.now();
      await look(ctx, { sort: "cost", descending: true });
      times.push(performance.now() - begun);
    }
    return { count, ms: Math.min(...times) };
  };
  const [of100, of1000] = [await measure(few.ctx), await measure(many.ctx)];
  console.log(
    `overview: ${FEW} environments ${of100.ms.toFixed(1)} ms, ${MANY} environments ${of1000.ms.toFixed(1)} ms`,
  );
  expect(of1000.count).toBe(of100.count);
  expect(of1000.ms).toBeLessThan(of100.ms * 9);
});

test("the API tells the same as the page", async () => {
  const path = `/overview?sort=cost&order=desc&limit=5&state=running&application_id=${many.applicationId}`;
  const { status, body } = await server.call("GET", path, { token });
  expect(status).toBe(200);
  expect(body).toMatchObject({ total: 890, moving: false, price_per_month: expect.closeTo(60_000) });
  expect(body.environments).toHaveLength(5);
  expect(body.environments[0]).toMatchObject({
    state: "running",
    price_per_month: expect.closeTo(60),
    servers: { ready: 3, total: 3 },
  });
  const wrong = await server.call("GET", "/overview?sort=weight", { token });
  expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, "sort"]);
});
