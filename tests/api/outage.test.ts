import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase } from "#lib/db/client.ts";
import { startApi } from "#tests/support/api.ts";
import { freePort } from "#tests/support/free-port.ts";

let api: Awaited<ReturnType<typeof startApi>>;

beforeAll(async () => {
  process.env.DATABASE_URL = `postgres://nobody:nothing@127.0.0.1:${await freePort()}/nowhere`;
  process.env.CLOUDHERO_SECRET = "a secret of the tests, long enough to be one";
  api = await startApi();
});

afterAll(async () => {
  await api.close();
  await closeDatabase();
});

test.each(["/environments", "/providers", "/readyz"])("%s is 503 while the database is away", async (path) => {
  const answer = await fetch(api.url + path, { headers: { "authentication-token": "1" } });
  expect([answer.status, await answer.json()]).toMatchObject([
    503,
    { success: false, errors: [{ code: "unavailable" }] },
  ]);
});

test("/healthz answers for the process alone", async () => {
  expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
});
