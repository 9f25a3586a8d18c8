import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { environments } from "#drizzle/schema/index.ts";
import { db, driver, openDatabase } from "#lib/db/client.ts";
import { keepExpiries } from "#lib/domain/environments/keep-expiries.ts";
import { keepSchedules } from "#lib/domain/environments/keep-schedules.ts";
import { webhookEventOf } from "#lib/model/webhook-events.ts";
import { type Account, seedAccount } from "#tests/support/account.ts";
import { type Place, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

const hourMs = 3_600_000;
let server: TestServer;
let account: Account;
let place: Place;
let id: string;

beforeAll(async () => {
  server = await startTestServer();
  account = await seedAccount();
  place = await seedPlace(account.ctx);
});
afterAll(() => server.close());
beforeEach(async () => {
  await db().update(environments).set({ scheduleDueAt: null, expiresAt: null });
  id = await seedEnvironment(place);
});

const send = (method: string, tail: string, body?: unknown) =>
  server.call(method, `/environments/${id}${tail}`, { token: account.token, body });
const row = async () => (await db().select().from(environments).where(eq(environments.id, id)))[0]!;
const set = (values: Partial<typeof environments.$inferInsert>) =>
  db().update(environments).set(values).where(eq(environments.id, id));
const audited = async (action: string) =>
  (await driver()`select actor, user_id from audit where target = ${id} and action = ${action}`).map((found) => ({
    ...found,
  }));
const warnings = async () =>
  (await driver()`select message from events where environment_id = ${id} and kind = 'notice' order by id`).map(
    ({ message }) => message,
  );

/** Monday 2 March 2026, 08:00 to 19:00 in Berlin's winter: 07:00 to 18:00 UTC. */
const schedule = { days: [1, 2, 3, 4, 5], start: "08:00", stop: "19:00", timeZone: "Europe/Berlin" };
const monday = (time: string) => new Date(`2026-03-02T${time}Z`);

describe("a schedule", () => {
  test("stops and starts by the verbs that people use, audited under its own name, at its times and not before", async () => {
    await set({ schedule, scheduleDueAt: monday("18:00:00") });
    expect(await keepSchedules(db(), monday("17:59:59"))).toBe(0);
    expect((await row()).wish).toBe("run");
    expect(await keepSchedules(db(), monday("18:00:00"))).toBe(1);
    expect(await row()).toMatchObject({ wish: "stop", scheduleDueAt: new Date("2026-03-03T07:00:00Z") });
    expect(await audited("environment.stop")).toEqual([{ actor: "schedule", user_id: null }]);
    expect(await keepSchedules(db(), new Date("2026-03-03T07:00:05Z"))).toBe(1);
    expect(await row()).toMatchObject({ wish: "run", scheduleDueAt: new Date("2026-03-03T18:00:00Z") });
    const jobs =
      await driver()`select 1 from pgboss.job where name = 'reconcile' and singleton_key = ${id} and state = 'created'`;
    expect(jobs).toHaveLength(1);
  });

  test("gives way to a person: what is started by hand at night runs until the next stop that is due", async () => {
    await set({ schedule, scheduleDueAt: monday("18:00:00") });
    await keepSchedules(db(), monday("18:00:00"));
    await send("POST", "/start");
    expect((await row()).scheduleDueAt!.getTime()).toBeGreaterThan(Date.now());
    await set({ scheduleDueAt: new Date("2026-03-03T07:00:00Z") });
    expect(await keepSchedules(db(), monday("23:00:00"))).toBe(0);
    expect(await keepSchedules(db(), new Date("2026-03-03T07:00:00Z"))).toBe(0);
    expect((await row()).wish).toBe("run");
    expect(await keepSchedules(db(), new Date("2026-03-03T18:00:00Z"))).toBe(1);
    expect((await row()).wish).toBe("stop");
  });

  test("whose turn no worker took yet is overtaken by a person's wish that came later", async () => {
    await set({ schedule, scheduleDueAt: new Date(Date.now() - 60_000) });
    await send("POST", "/start");
    expect(await keepSchedules(db())).toBe(0);
    expect((await row()).wish).toBe("run");
  });

  test("of which turns were missed does the last one alone", async () => {
    await set({ schedule, scheduleDueAt: monday("18:00:00") });
    expect(await keepSchedules(db(), new Date("2026-03-05T12:00:00Z"))).toBe(0);
    expect(await row()).toMatchObject({ wish: "run", scheduleDueAt: new Date("2026-03-05T18:00:00Z") });
    await set({ scheduleDueAt: monday("18:00:00") });
    expect(await keepSchedules(db(), new Date("2026-03-05T20:00:00Z"))).toBe(1);
    expect(await audited("environment.stop")).toHaveLength(1);
  });

  test("keeps its time of the day over a change of the clocks", async () => {
    const sundays = { ...schedule, days: [7], start: "01:00", stop: "02:30" };
    await set({ schedule: sundays, scheduleDueAt: new Date("2026-03-29T01:00:00Z") });
    expect(await keepSchedules(db(), new Date("2026-03-29T00:59:59Z"))).toBe(0);
    expect(await keepSchedules(db(), new Date("2026-03-29T01:00:00Z"))).toBe(1);
    expect((await row()).scheduleDueAt).toEqual(new Date("2026-04-04T23:00:00Z"));
  });

  test("does each turn once, however many workers look at once", async () => {
    const ids = await Promise.all([1, 2, 3, 4, 5].map(() => seedEnvironment(place)));
    for (const one of ids)
      await db()
        .update(environments)
        .set({ schedule, scheduleDueAt: monday("18:00:00") })
        .where(eq(environments.id, one));
    const workers = [1, 2, 3, 4].map(() => openDatabase(process.env.DATABASE_URL!, 2));
    const made = await Promise.all(workers.map((worker) => keepSchedules(worker.db, monday("18:00:01"))));
    await Promise.all(workers.map((worker) => worker.close()));
    expect(made.reduce((sum, count) => sum + count, 0)).toBe(5);
    const rows =
      await driver()`select target from audit where action = 'environment.stop' and target in ${driver()(ids)}`;
    expect(rows).toHaveLength(5);
    const said =
      await driver()`select 1 from events where environment_id in ${driver()(ids)} and message like 'The schedule asked%'`;
    expect(said).toHaveLength(5);
  });

  test("does nothing to what is being deleted", async () => {
    await send("DELETE", "");
    await set({ schedule, scheduleDueAt: monday("18:00:00") });
    expect(await keepSchedules(db(), monday("18:00:00"))).toBe(0);
    expect((await row()).wish).toBe("delete");
  });
});

describe("a time to live", () => {
  const end = new Date(Date.now() + 100 * hourMs);
  const early = (hours: number) => new Date(end.getTime() - hours * hourMs);

  test("is warned of a day and an hour before its end, then ends by the verb that people use, audited", async () => {
    await send("PUT", "/settings", { expires_at: end.toISOString() });
    expect(await keepExpiries(db(), early(24.1))).toEqual({ deleted: 0, warned: 0 });
    expect(await keepExpiries(db(), early(24))).toEqual({ deleted: 0, warned: 1 });
    expect(await keepExpiries(db(), early(20))).toEqual({ deleted: 0, warned: 0 });
    expect(await keepExpiries(db(), early(1))).toEqual({ deleted: 0, warned: 1 });
    expect(await keepExpiries(db(), early(0.5))).toEqual({ deleted: 0, warned: 0 });
    expect(await warnings()).toEqual([
      expect.stringContaining("deleted in 24 hours"),
      expect.stringContaining("deleted in 1 hour,"),
    ]);
    const told = await driver()`select kind, data from events where environment_id = ${id} and kind = 'notice'`;
    expect(told.map(({ kind, data }) => webhookEventOf({ kind, data }))).toEqual(Array(2).fill("environment.expiring"));
    expect((await row()).wish).toBe("run");
    expect(await keepExpiries(db(), end)).toEqual({ deleted: 1, warned: 0 });
    expect(await row()).toMatchObject({ wish: "delete", state: "deleting" });
    expect(await audited("environment.delete")).toEqual([{ actor: "time to live", user_id: null }]);
    expect(await keepExpiries(db(), end)).toEqual({ deleted: 0, warned: 0 });
  });

  test("that is extended after a warning is warned of again, before its new end", async () => {
    await send("PUT", "/settings", { expires_at: end.toISOString() });
    await keepExpiries(db(), early(1));
    const later = new Date(end.getTime() + 24 * hourMs);
    await send("PUT", "/settings", { expires_at: later.toISOString() });
    expect(await keepExpiries(db(), end)).toEqual({ deleted: 0, warned: 1 });
    expect(await keepExpiries(db(), new Date(later.getTime() - hourMs))).toEqual({ deleted: 0, warned: 1 });
  });

  test("never ends what is protected, and says nothing of it", async () => {
    await send("PUT", "/settings", { expires_at: end.toISOString(), protected: true });
    expect(await keepExpiries(db(), early(1))).toEqual({ deleted: 0, warned: 0 });
    expect(await keepExpiries(db(), new Date(end.getTime() + 48 * hourMs))).toEqual({ deleted: 0, warned: 0 });
    expect((await row()).wish).toBe("run");
  });

  test("ends and is warned of once, however many workers look at once", async () => {
    await send("PUT", "/settings", { expires_at: end.toISOString() });
    const workers = [1, 2, 3, 4].map(() => openDatabase(process.env.DATABASE_URL!, 2));
    const warned = await Promise.all(workers.map((worker) => keepExpiries(worker.db, early(1))));
    const ended = await Promise.all(workers.map((worker) => keepExpiries(worker.db, end)));
    await Promise.all(workers.map((worker) => worker.close()));
    expect(warned.reduce((sum, done) => sum + done.warned, 0)).toBe(1);
    expect(ended.reduce((sum, done) => sum + done.deleted, 0)).toBe(1);
    expect(await warnings()).toHaveLength(1);
    expect(await audited("environment.delete")).toHaveLength(1);
  });
});
