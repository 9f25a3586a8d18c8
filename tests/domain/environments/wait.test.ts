import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { environments } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { appendEvents, followers } from "#lib/db/events.ts";
import type { EnvironmentState } from "#lib/model/states.ts";
import { seedAccount } from "#tests/support/account.ts";
import { type Place, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let place: Place;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
  const account = await seedAccount();
  token = account.token;
  place = await seedPlace(account.ctx);
});
afterAll(() => server.close());

/** What the engine does when a state is reached. */
const reach = (id: string, state: EnvironmentState) =>
  db().transaction(async (tx) => {
    await tx.update(environments).set({ state }).where(eq(environments.id, id));
    await appendEvents(tx, id, [{ kind: "environment", message: state, data: { state } }]);
  });

/** Waits until somebody follows the environment, 10 s at the most. */
async function followed(id: string): Promise<void> {
  for (let tries = 0; tries < 200 && followers(id) === 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(followers(id)).toBe(1);
}

test.each(["running", "degraded", "stopped", "failed", "deleted"] as const)(
  "wait= answers as soon as it is %s",
  async (state) => {
    const id = await seedEnvironment(place);
    const answering = server.call("POST", `/environments/${id}/start?wait=60`, { token });
    await followed(id);
    await reach(id, "provisioning");
    const begun = Date.now();
    await reach(id, state);
    const answer = await answering;
    expect([answer.status, answer.body.state]).toEqual([200, state]);
    expect(Date.now() - begun).toBeLessThan(3_000);
    expect(followers(id)).toBe(0);
  },
);

test("when its seconds are over it answers what is", async () => {
  const id = await seedEnvironment(place);
  const begun = Date.now();
  const answer = await server.call("POST", `/environments/${id}/stop?wait=1`, { token });
  expect(answer.body).toMatchObject({ success: true, state: "stopping" });
  expect(Date.now() - begun).toBeGreaterThanOrEqual(990);
});

test("a create can be waited for too", async () => {
  const body = {
    provider_id: place.providerId,
    region: "local",
    environment: "awaited",
    nodes: [{ name: "web", size: "small" }],
  };
  const path = `/applications/${place.applicationId}/environments?wait=1`;
  const answer = await server.call("POST", path, { token, body });
  expect(answer.body).toMatchObject({ ready: true, account: place.ctx.organisation.id, state: "pending" });
});

test("a client that goes stops the waiting, and the wish stands", async () => {
  const id = await seedEnvironment(place);
  const leaving = new AbortController();
  const waiting = server
    .call("DELETE", `/environments/${id}?wait=900`, { token, signal: leaving.signal })
    .catch(() => "gone");
  await followed(id);
  leaving.abort();
  expect(await waiting).toBe("gone");
  for (let tries = 0; tries < 100 && followers(id) > 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(followers(id)).toBe(0);
  expect((await server.call("GET", `/environments/${id}`, { token })).body.wish).toBe("delete");
});
