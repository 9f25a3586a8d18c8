import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { webhookDeliveries, webhooks } from "#drizzle/schema/index.ts";
import { db, driver } from "#lib/db/client.ts";
import { appendEvents } from "#lib/db/events.ts";
import { newId } from "#lib/ids.ts";
import type { EnvironmentState } from "#lib/model/states.ts";
import { deliver } from "#lib/webhooks/deliver.ts";
import { type Account, seedAccount } from "#tests/support/account.ts";
import { type Place, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { plainly, type Receiver, signedBy, startReceiver } from "#tests/support/receiver.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

vi.setConfig({ testTimeout: 60_000 });

let server: TestServer;
let receiver: Receiver;
let account: Account;
let place: Place;

beforeAll(async () => {
  server = await startTestServer({ worker: true });
});
afterAll(() => server.close());
beforeEach(async () => {
  receiver = await startReceiver();
  account = await seedAccount();
  place = await seedPlace(account.ctx);
});
afterEach(async () => {
  await db().update(webhooks).set({ enabled: false });
  await receiver.close();
});

const call = async (method: string, path: string, body?: unknown) => {
  const answer = await server.call(method, `/integrations/webhooks${path}`, { token: account.token, body });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
};
const add = (change: object = {}) => call("POST", "", { name: `hook ${newId()}`, url: receiver.url, ...change });
const arrived = (count: number, timeout = 30_000) =>
  expect.poll(() => receiver.received.length, { timeout, interval: 100 }).toBeGreaterThanOrEqual(count);
const logOf = (id: string) => call("GET", `/${id}/deliveries`);
const settled = (id: string, state: string) =>
  expect.poll(async () => (await logOf(id))[0]?.state, { timeout: 20_000, interval: 200 }).toBe(state);
const become = (environmentId: string, state: EnvironmentState) =>
  db().transaction((tx) =>
    appendEvents(tx, environmentId, [{ kind: "environment", message: `The environment is ${state}`, data: { state } }]),
  );
/** Makes a delivery due that has been tried so often already, and tries it here and now. */
async function tryAfter(id: string, attempts: number): Promise<void> {
  const again = { state: "pending", attempts, dueAt: new Date() } as const;
  await db().update(webhookDeliveries).set(again).where(eq(webhookDeliveries.id, id));
  await deliver(db(), id);
}

test("what happens to an environment arrives, signed by the secret that was shown once, and says what and where", async () => {
  const hook = await add();
  expect(hook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const id = await seedEnvironment(place, { name: "staging" });
  await arrived(1);
  const [first] = receiver.received;
  expect(signedBy(first!, [hook.secret, `whsec_${"A".repeat(43)}=`])).toEqual([hook.secret]);
  expect(signedBy({ ...first!, body: first!.body.replace("staging", "live") }, [hook.secret])).toEqual([]);
  expect(Math.abs(Number(first!.headers["webhook-timestamp"]) * 1000 - Date.now())).toBeLessThan(30_000);
  expect(first!.headers["content-type"]).toBe("application/json");
  const sent = JSON.parse(first!.body);
  expect(sent).toMatchObject({
    type: "environment.created",
    data: {
      environment: { id, name: "staging", state: "pending", region: "local" },
      message: expect.stringContaining("asked for one server"),
    },
  });
  expect(JSON.stringify(await call("GET", ""))).not.toContain(hook.secret);
  await settled(hook.id, "delivered");
  expect((await logOf(hook.id))[0]).toMatchObject({
    id: first!.id,
    event: "environment.created",
    attempts: 1,
    status: 204,
  });
});

test("a receiver that fails is asked again after a pause, under the same id, and each try is written down", async () => {
  receiver.answer = plainly(500, `it hurts\n${"x".repeat(5_000)}`);
  const hook = await add({ events: ["environment.running"] });
  await become(await seedEnvironment(place), "running");
  await arrived(1);
  receiver.answer = plainly(200, "ok");
  await arrived(2);
  await settled(hook.id, "delivered");
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
  const [one] = await logOf(hook.id);
  expect(one).toMatchObject({ attempts: 2, status: 200, error: null, next_attempt_at: null });
  expect(one.tries.map(({ status }: { status: number }) => status)).toEqual([500, 200]);
  expect(one.tries[0].error).toMatch(/^It answered 500: it hurts x+$/);
  expect(one.tries[0].error.length).toBeLessThan(350);
  expect(Date.parse(one.tries[1].at) - Date.parse(one.tries[0].at)).toBeGreaterThan(3_500);
});

test("is told what it asked for, of its own organisation, and while it is switched on", async () => {
  const all = await add();
  const some = await add({ events: ["environment.stopped", "node.failed"] });
  await add({ enabled: false });
  const stranger = await seedAccount();
  const id = await seedEnvironment(place);
  await seedEnvironment(await seedPlace(stranger.ctx));
  await db().transaction((tx) =>
    appendEvents(tx, id, [
      { kind: "log", nodeName: "web", message: "a line", data: { state: "running" } },
      { kind: "node", nodeName: "web", message: "web is booting", data: { state: "booting" } },
      {
        kind: "notice",
        message: "it is deleted in 1 hour",
        data: { expiring: true, expiresAt: "2027-01-01T00:00:00.000Z" },
      },
      { kind: "node", nodeName: "web", message: "web is failed: no \0 luck", data: { state: "failed" } },
      { kind: "environment", message: "The environment is degraded", data: { state: "degraded" } },
    ]),
  );
  await become(id, "stopped");
  const named = async (hook: { id: string }) =>
    (await logOf(hook.id)).map(({ event }: { event: string }) => event).sort();
  expect(await named(all)).toEqual([
    "environment.created",
    "environment.degraded",
    "environment.expiring",
    "environment.stopped",
    "node.failed",
  ]);
  expect(await named(some)).toEqual(["environment.stopped", "node.failed"]);
  await arrived(7);
  const failed = receiver.received.map(({ body }) => JSON.parse(body)).find(({ type }) => type === "node.failed");
  expect(failed.data).toMatchObject({
    node: { name: "web", state: "failed" },
    message: "web is failed: no \ufffd luck",
  });
  expect(receiver.received).toHaveLength(7);
});

test("what is rolled back is told to nobody", async () => {
  const hook = await add();
  const id = await seedEnvironment(place);
  const failing = db().transaction(async (tx) => {
    await appendEvents(tx, id, [{ kind: "environment", message: "never", data: { state: "failed" } }]);
    throw new Error("rolled back");
  });
  await expect(failing).rejects.toThrow("rolled back");
  const events = (await logOf(hook.id)).map(({ event }: { event: string }) => event);
  expect(events).toEqual(["environment.created"]);
});

test("fifty at once arrive once each, under fifty ids", async () => {
  await add();
  const id = await seedEnvironment(place);
  await Promise.all(Array.from({ length: 50 }, (_, index) => become(id, index % 2 ? "running" : "degraded")));
  await arrived(51, 50_000);
  expect(new Set(receiver.received.map((one) => one.id)).size).toBe(51);
  expect(receiver.received).toHaveLength(51);
});

test("a delivery that no job waits for is found and sent", async () => {
  const hook = await add();
  const payload = { type: "environment.running" };
  await db()
    .insert(webhookDeliveries)
    .values({ webhookId: hook.id, event: "environment.running", payload, dueAt: new Date() });
  await arrived(1);
});

test("a redirect is not followed, and an address that may not be dialled is not", async () => {
  receiver.answer = plainly(302, "", { location: `${receiver.url}/elsewhere` });
  const hook = await add();
  await call("POST", `/${hook.id}/test`);
  await settled(hook.id, "failed");
  expect(receiver.received).toHaveLength(1);
  expect((await logOf(hook.id))[0]).toMatchObject({
    attempts: 1,
    error: "It answered 302: redirects are not followed.",
  });
  await db().update(webhooks).set({ url: "http://10.0.0.1/hook" }).where(eq(webhooks.id, hook.id));
  await call("POST", `/${hook.id}/test`);
  await settled(hook.id, "failed");
  expect((await logOf(hook.id))[0]).toMatchObject({ status: null, error: "10.0.0.1: address not allowed." });
});

test.each([
  ["http://10.0.0.1/hook", /address not allowed/],
  ["http://169.254.169.254/latest", /address not allowed/],
  ["ftp://127.0.0.1/", /not an http or https URL/],
  ["http://user:password@127.0.0.1/", /no place for a password/],
])("%s is refused when it is given, beside its field", async (url, message) => {
  const body = { name: "bad", url };
  const answer = await server.call("POST", "/integrations/webhooks", { token: account.token, body });
  expect(answer.status).toBe(422);
  expect(answer.body.errors[0]).toMatchObject({ field: "url", message: expect.stringMatching(message) });
});

test("for a day after a rotation both secrets sign, then the new one alone; none is kept in clear", async () => {
  const hook = await add();
  const { secret, previous_secret_until } = await call("POST", `/${hook.id}/secret`);
  expect(secret).not.toBe(hook.secret);
  expect(Date.parse(previous_secret_until) - Date.now()).toBeGreaterThan(23 * 3_600_000);
  await call("POST", `/${hook.id}/test`);
  await arrived(1);
  expect(signedBy(receiver.received[0]!, [hook.secret, secret])).toEqual([hook.secret, secret]);
  await db()
    .update(webhooks)
    .set({ previousUntil: new Date(Date.now() - 1) })
    .where(eq(webhooks.id, hook.id));
  await call("POST", `/${hook.id}/test`);
  await arrived(2);
  expect(signedBy(receiver.received[1]!, [hook.secret, secret])).toEqual([secret]);
  const rows = await driver()`select t::text as text from webhooks t where id = ${hook.id}`;
  for (const shown of [secret, hook.secret]) expect(rows[0]!.text).not.toContain(shown.slice(6));
});

test("a receiver that took nothing for a day is switched off, with the reason; switched on, it begins anew", async () => {
  receiver.answer = plainly(503, "closed");
  const hook = await add({ events: ["environment.failed"] });
  await become(await seedEnvironment(place), "failed");
  const [delivery] = await logOf(hook.id);
  await arrived(1);
  await tryAfter(delivery.id, 6);
  expect((await call("GET", `/${hook.id}`)).enabled).toBe(true);
  await tryAfter(delivery.id, 7);
  const off = await call("GET", `/${hook.id}`);
  expect(off).toMatchObject({
    enabled: false,
    reason: expect.stringMatching(/^Nothing has arrived for a day.*503: closed$/),
  });
  expect(off.last_delivery).toMatchObject({ state: "failed", next_attempt_at: null });
  const log = await server.call("GET", "/audit?action=webhook.disable", { token: account.token });
  expect(log.body).toMatchObject([{ actor: "CloudHero", target: hook.id }]);
  const refused = await server.call("POST", `/integrations/webhooks/${hook.id}/test`, { token: account.token });
  expect(refused.status).toBe(409);
  const { name, url, events } = off;
  expect(await call("PUT", `/${hook.id}`, { name, url, events })).toMatchObject({ enabled: true, reason: null });
});

test("one failure to the end does not switch off a receiver that has taken others since", async () => {
  const hook = await add();
  const id = await seedEnvironment(place);
  await settled(hook.id, "delivered");
  const [first] = await logOf(hook.id);
  await become(id, "running");
  await settled(hook.id, "delivered");
  receiver.answer = plainly(500);
  await tryAfter(first.id, 7);
  expect((await call("GET", `/${hook.id}`)).enabled).toBe(true);
});

test("a receiver that is gone for good is believed at once", async () => {
  receiver.answer = plainly(410);
  const hook = await add();
  await become(await seedEnvironment(place), "running");
  await expect.poll(async () => (await call("GET", `/${hook.id}`)).enabled, { timeout: 20_000 }).toBe(false);
  expect((await call("GET", `/${hook.id}`)).reason).toMatch(/410 Gone/);
});

test("a delivery is sent again under its own id; another organisation's is not there", async () => {
  const hook = await add();
  await call("POST", `/${hook.id}/test`);
  await settled(hook.id, "delivered");
  const [delivery] = await logOf(hook.id);
  const again = await call("POST", `/${hook.id}/deliveries/${delivery.id}/redeliver`);
  expect(again).toMatchObject({ id: delivery.id, state: "pending", attempts: 0 });
  await arrived(2);
  expect(receiver.received.map((one) => one.id)).toEqual([delivery.id, delivery.id]);
  await settled(hook.id, "delivered");
  expect((await logOf(hook.id))[0].tries).toHaveLength(2);
  const { token } = await seedAccount();
  for (const [method, path] of [
    ["GET", ""],
    ["GET", "/deliveries"],
    ["POST", `/deliveries/${delivery.id}/redeliver`],
    ["POST", "/secret"],
    ["DELETE", ""],
  ] as const)
    expect((await server.call(method, `/integrations/webhooks/${hook.id}${path}`, { token })).status).toBe(404);
});
