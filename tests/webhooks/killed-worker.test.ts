import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { webhookDeliveries } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { createWebhook } from "#lib/domain/webhooks/create.ts";
import { type Account, seedAccount } from "#tests/support/account.ts";
import { seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { plainly, type Receiver, startReceiver } from "#tests/support/receiver.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let receiver: Receiver;
let account: Account;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  server = await startTestServer();
  receiver = await startReceiver();
  account = await seedAccount();
});
afterAll(async () => {
  for (const worker of workers) worker.kill("SIGKILL");
  await receiver.close();
  await server.close();
});

function startWorker(): Promise<ChildProcess> {
  const worker = fork(join(import.meta.dirname, "worker-process.ts"));
  workers.push(worker);
  return new Promise((resolve, reject) => {
    worker.once("message", () => resolve(worker));
    worker.once("exit", (code) => reject(new Error(`the worker ended with ${code}`)));
  });
}

test("a worker that is killed while it sends, and another before it could, lose nothing", async () => {
  const place = await seedPlace(account.ctx);
  const wish = { name: "ops", url: receiver.url, events: [], enabled: true };
  await createWebhook(account.ctx, wish);
  receiver.answer = () => {};
  const doomed = await startWorker();
  for (let index = 0; index < 6; index += 1) await seedEnvironment(place);
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBeGreaterThan(0);
  doomed.kill("SIGKILL");
  await seedEnvironment(place);
  receiver.answer = plainly(204);
  await startWorker();
  const states = async () => [...new Set((await db().select().from(webhookDeliveries)).map(({ state }) => state))];
  await expect.poll(states, { timeout: 90_000, interval: 500 }).toEqual(["delivered"]);
  const written = (await db().select().from(webhookDeliveries)).map(({ id }) => id);
  expect(written).toHaveLength(7);
  expect([...new Set(receiver.received.map(({ id }) => id))].sort()).toEqual(written.sort());
}, 150_000);
