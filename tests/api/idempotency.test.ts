import { afterAll, beforeAll, expect, test } from "vitest";
import { driver } from "#lib/db/client.ts";
import { type Account, seedAccount, seedMember, seedToken } from "#tests/support/account.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let account: Account;

beforeAll(async () => {
  server = await startTestServer();
  account = await seedAccount();
});
afterAll(() => server.close());

const create = (key: string, name: string, token = account.token) =>
  server.call("POST", "/applications", {
    token,
    body: { application_name: name },
    headers: { "idempotency-key": key },
  });
const named = async (name: string) =>
  Number((await driver()`select count(*) from applications where name = ${name}`)[0]!.count);

test("a repeated POST answers the first answer, and happens once", async () => {
  const [one, other] = [await create("k1", "Shop"), await create("k1", "Shop")];
  expect(one.status).toBe(200);
  expect([other.status, other.text]).toEqual([200, one.text]);
  expect(other.headers.get("idempotent-replay")).toBe("true");
  expect(await named("Shop")).toBe(1);
});

test("the same key with another body, or on another path, is 422", async () => {
  await create("k2", "One");
  expect((await create("k2", "Two")).status).toBe(422);
  expect(await named("Two")).toBe(0);
  const headers = { "idempotency-key": "k2" };
  const elsewhere = await server.call("POST", "/tokens", {
    token: account.token,
    body: { application_name: "One" },
    headers,
  });
  expect(elsewhere.status).toBe(422);
});

test("ten at once have one effect; those that come too early are told to come again", async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => create("k3", "Once")));
  expect(answers.some(({ status }) => status === 200)).toBe(true);
  for (const answer of answers) {
    expect([200, 409]).toContain(answer.status);
    if (answer.status === 409) expect(answer.body.errors[0].message).toMatch(/still under way/);
  }
  expect(new Set(answers.filter(({ status }) => status === 200).map(({ text }) => text)).size).toBe(1);
  expect(await named("Once")).toBe(1);
});

test("a failure is not kept: the same key may try again", async () => {
  const headers = { "idempotency-key": "k4" };
  const send = (body: object) => server.call("POST", "/applications", { token: account.token, body, headers });
  expect((await send({ application_name: "" })).status).toBe(422);
  expect((await send({ application_name: "Late" })).status).toBe(200);
});

test("a key is its user's and organisation's own: nobody reads another's answer by it", async () => {
  const headers = { "idempotency-key": "k5" };
  const make = (token: string) => server.call("POST", "/tokens", { token, body: { name: "secret" }, headers });
  const first = await make(account.token);
  expect(first.status).toBe(200);
  const colleague = await seedMember(account.ctx.organisation, "viewer");
  const lesser = await seedToken(
    { userId: account.ctx.user.id, organisationId: account.ctx.organisation.id },
    "viewer",
  );
  for (const token of [colleague.token, lesser]) {
    const answer = await make(token);
    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain(first.body.persistent_token);
  }
  const stranger = await make((await seedAccount()).token);
  expect(stranger.status).toBe(200);
  expect(stranger.body.persistent_token).not.toBe(first.body.persistent_token);
});

test("after a day the key is free", async () => {
  await create("k6", "Old");
  await driver()`update idempotency set created_at = now() - interval '25 hours' where key = 'k6'`;
  expect((await create("k6", "New")).status).toBe(200);
  expect(await named("New")).toBe(1);
});
