import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { environments } from "#drizzle/schema/index.ts";
import { db, driver } from "#lib/db/client.ts";
import { type Account, seedAccount, seedMember } from "#tests/support/account.ts";
import { type Place, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let owner: Account;
let operator: Account;
let viewer: Account;
let place: Place;
let path: string;
let id: string;

beforeAll(async () => {
  server = await startTestServer();
  owner = await seedAccount();
  operator = await seedMember(owner.ctx.organisation, "operator");
  viewer = await seedMember(owner.ctx.organisation, "viewer");
  place = await seedPlace(owner.ctx);
});
afterAll(() => server.close());
beforeEach(async () => {
  id = await seedEnvironment(place);
  path = `/environments/${id}`;
});

const put = (body: unknown, { token } = owner) => server.call("PUT", `${path}/settings`, { token, body });
const get = async () => (await server.call("GET", path, { token: viewer.token })).body;
const schedule = { days: [5, 1, 1], start: "08:00", stop: "19:00", time_zone: "Europe/Berlin" };
const row = async () => (await db().select().from(environments).where(eq(environments.id, id)))[0]!;

test("settings are changed one by one, null takes one away, and each change is audited with before and after", async () => {
  const first = await put({ name: "nights off", schedule, ttl_hours: 48 });
  expect(first.status, first.text).toBe(200);
  expect(first.body).toMatchObject({ name: "nights off", schedule: { ...schedule, days: [1, 5] }, protected: false });
  expect(Date.parse(first.body.schedule_due_at)).toBeGreaterThan(Date.now());
  expect(Date.parse(first.body.expires_at) - Date.now()).toBeGreaterThan(47.9 * 3_600_000);
  await put({ heal: true, protected: true });
  await put({ schedule: null, expires_at: null });
  expect(await get()).toMatchObject({
    name: "nights off",
    heal: true,
    protected: true,
    schedule: null,
    schedule_due_at: null,
    expires_at: null,
  });
  const rows =
    await driver()`select actor, details from audit where target = ${id} and action = 'environment.settings' order by id`;
  expect(rows).toHaveLength(3);
  expect(rows[1]).toMatchObject({
    actor: owner.ctx.user.email,
    details: {
      changes: {
        healing: { before: false, after: true },
        "protection against deletion": { before: false, after: true },
      },
    },
  });
});

test("what changes nothing leaves no row in the audit log and no event", async () => {
  const counts = async () =>
    (await driver()`select (select count(*) from audit) a, (select count(*) from events) e`)[0];
  await put({ schedule, expires_at: "2035-01-01T00:00:00Z" });
  const before = await counts();
  expect((await put({ schedule, expires_at: "2035-01-01T00:00:00Z", protected: false, heal: false })).status).toBe(200);
  expect(await counts()).toEqual(before);
});

test.each([
  [{ schedule: { ...schedule, time_zone: "Mars/Olympus" } }, "schedule.time_zone"],
  [{ schedule: { ...schedule, time_zone: "+02:00" } }, "schedule.time_zone"],
  [{ schedule: { ...schedule, days: [] } }, "schedule.days"],
  [{ schedule: { ...schedule, days: [8] } }, "schedule.days[0]"],
  [{ schedule: { ...schedule, start: "8:00" } }, "schedule.start"],
  [{ schedule: { ...schedule, stop: "24:00" } }, "schedule.stop"],
  [{ schedule: { ...schedule, stop: "08:00" } }, "schedule.stop"],
  [{ expires_at: "tomorrow" }, "expires_at"],
  [{ expires_at: "2020-01-01T00:00:00Z" }, "expires_at"],
  [{ expires_at: "2999-01-01T00:00:00Z" }, "expires_at"],
  [{ ttl_hours: 0 }, "ttl_hours"],
  [{ ttl_hours: 3, expires_at: null }, "ttl_hours"],
  [{ name: " " }, "name"],
  [{ protect: true }, ""],
])("%j is refused, naming %s", async (body, field) => {
  const answer = await put(body);
  expect(answer.status, answer.text).toBe(422);
  expect(answer.body.errors[0].field ?? "").toBe(field);
});

test("a viewer changes nothing, another organisation finds nothing, and what is being deleted stays as it is", async () => {
  expect((await put({ heal: true }, viewer)).status).toBe(403);
  expect((await put({ heal: true }, await seedAccount())).status).toBe(404);
  await server.call("DELETE", path, { token: owner.token });
  expect((await put({ heal: true })).status).toBe(409);
});

test("a name that is taken is refused, and nothing else of the request is done", async () => {
  await seedEnvironment(place, { name: "taken" });
  const answer = await put({ name: "TAKEN", heal: true });
  expect([answer.status, answer.body.errors[0].field]).toEqual([409, "name"]);
  expect((await get()).heal).toBe(false);
});

describe("what is protected", () => {
  test("is deleted by none of the three ways, not even by an owner: 409 that says so", async () => {
    await put({ protected: true }, operator);
    for (const [method, tail] of [
      ["DELETE", ""],
      ["GET", "/delete"],
      ["POST", "/delete"],
    ] as const) {
      const answer = await server.call(method, `${path}${tail}`, { token: owner.token });
      expect(answer.status).toBe(409);
      expect(answer.body.errors[0]).toMatchObject({ code: "conflict", message: expect.stringContaining("protected") });
    }
    expect((await get()).wish).toBe("run");
    expect((await server.call("POST", `${path}/stop`, { token: operator.token })).status).toBe(200);
  });

  test("stays so until an admin or the owner takes it off; an operator may only put it on", async () => {
    await put({ protected: true }, operator);
    expect((await put({ protected: false, heal: true }, operator)).status).toBe(403);
    expect(await get()).toMatchObject({ protected: true, heal: false });
    expect((await put({ protected: true, heal: true }, operator)).status).toBe(200);
    const admin = await seedMember(owner.ctx.organisation, "admin");
    expect((await put({ protected: false }, admin)).status).toBe(200);
    expect((await server.call("DELETE", path, { token: operator.token })).status).toBe(200);
  });

  test("cannot be stripped by the whole wish either", async () => {
    await put({ protected: true });
    const body = { nodes: [{ name: "web", size: "small" }], protected: false };
    expect((await server.call("PUT", path, { token: operator.token, body })).status).toBe(403);
    expect((await get()).protected).toBe(true);
  });

  test("gets a day when its end came in the meantime, and is not gone at the click", async () => {
    await put({ protected: true, ttl_hours: 1 });
    await db()
      .update(environments)
      .set({ expiresAt: new Date(Date.now() - 60_000) })
      .where(eq(environments.id, id));
    await put({ protected: false });
    expect((await row()).expiresAt!.getTime() - Date.now()).toBeGreaterThan(23 * 3_600_000);
  });
});

test("a new environment says it at once, and the body that made it may be sent again", async () => {
  const body = {
    provider_id: place.providerId,
    region: "local",
    environment: "born protected",
    nodes: [{ name: "web", size: "small" }],
    schedule,
    expires_at: "2035-01-01T00:00:00Z",
    protected: true,
  };
  const made = await server.call("POST", `/applications/${place.applicationId}/environments`, { ...owner, body });
  expect(made.status, made.text).toBe(200);
  path = `/environments/${made.body.environment}`;
  expect(await get()).toMatchObject({
    protected: true,
    expires_at: "2035-01-01T00:00:00.000Z",
    schedule: { days: [1, 5] },
  });
  expect((await server.call("PUT", path, { token: operator.token, body })).status).toBe(200);
});
