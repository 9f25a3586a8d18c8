import { afterAll, beforeAll, expect, test } from "vitest";
import { contracts } from "#lib/api/contracts/index.ts";
import { includesScope, type Scope, scopes } from "#lib/model/scopes.ts";
import { problemsOf } from "#tests/support/error-body.ts";
import { bodyFor, type Estate, pathOn, seedEstate } from "#tests/support/requests.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let estate: Estate;

beforeAll(async () => {
  process.env.CLOUDHERO_EC2_ENDPOINT = "http://127.0.0.1:1";
  server = await startTestServer();
  estate = await seedEstate();
});
afterAll(() => server.close());

const make = (token: string, body: object) =>
  server.call("POST", "/tokens", { token, body: { name: "narrow", ...body } });
const tokenFor = async (wished: readonly Scope[]): Promise<string> =>
  (await make(estate.token, { scopes: wished })).body.persistent_token;

/** Needs a log-in rather than a token, so a token's scopes say nothing of it. */
const withoutScope = /^\w+ \/accounts\//;

test("every contract that asks for a token says what the token must be for", () => {
  const silent = contracts.filter(({ access, scope }) => access !== "public" && scope === null);
  expect(silent.map(({ method, path }) => `${method} ${path}`).filter((name) => !withoutScope.test(name))).toEqual([]);
});

test("a scope opens its own routes and no others", { timeout: 120_000 }, async () => {
  for (const contract of contracts.filter(({ scope, path }) => scope && !path.endsWith("/events"))) {
    const { method, path } = contract;
    const loses = method === "DELETE" || path.endsWith("/transfer-ownership");
    const target = loses ? path.replace(/\{\w+\}/, "none") : pathOn(contract, estate);
    const body = bodyFor(contract, estate);
    const fit = scopes.filter((scope) => includesScope([scope], contract.scope!));
    const others = await tokenFor(scopes.filter((scope) => !fit.includes(scope)));
    const refused = await server.call(method, target, { token: others, body });
    expect([refused.status, problemsOf(refused)[0]?.message], `${method} ${path}`).toEqual([
      403,
      `This token is not for ${contract.scope}.`,
    ]);
    if (target.endsWith("/delete")) continue;
    const taken = await server.call(method, target, { token: await tokenFor(fit), body });
    expect([401, 500], `${method} ${path}: ${taken.text}`).not.toContain(taken.status);
    expect(taken.text).not.toContain("This token is not for");
  }
});

test("a write scope reads as well, and a read scope never writes", () => {
  expect(includesScope(["environments:write"], "environments:read")).toBe(true);
  expect(includesScope(["environments:read"], "environments:write")).toBe(false);
  expect(includesScope([], "docker")).toBe(false);
  expect(includesScope(null, "docker")).toBe(true);
});

test("a token makes none that is for more than it, and one that asks for nothing makes its like", async () => {
  const team = await tokenFor(["team"]);
  const more = await make(team, { scopes: ["team", "docker"] });
  expect(more.status).toBe(422);
  expect(problemsOf(more)).toMatchObject([{ field: "scopes" }]);
  expect((await make(team, {})).body.scopes).toEqual(["team"]);
  expect((await make(estate.token, {})).body.scopes).toBeNull();
  expect((await make(estate.token, { scopes: [] })).status).toBe(422);
  expect((await make(estate.token, { scopes: ["everything"] })).status).toBe(422);
});

test("a token makes none that outlives it", async () => {
  const parent = (await make(estate.token, { expires_in_days: 1 })).body;
  for (const wish of [{}, { expires_in_days: 30 }])
    expect((await make(parent.persistent_token, wish)).body.expires_at).toBe(parent.expires_at);
});

test("an Idempotency-Key does not hand a token for less the answer to one for more", async () => {
  const headers = { "Idempotency-Key": "shared" };
  const body = { name: "twice" };
  const wide = await server.call("POST", "/tokens", { token: estate.token, headers, body });
  expect(wide.status).toBe(200);
  const narrow = await server.call("POST", "/tokens", { token: await tokenFor(["team"]), headers, body });
  expect(narrow.status).toBe(422);
  expect(narrow.text).not.toContain(wide.body.persistent_token);
});
