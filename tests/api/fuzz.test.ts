import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Contract } from "#lib/api/contract.ts";
import { contracts } from "#lib/api/contracts/index.ts";
import { seeded } from "#tests/chaos/random.ts";
import { problemsOf } from "#tests/support/error-body.ts";
import { mutate, NASTY } from "#tests/support/mutate.ts";
import { bodyFor, type Estate, pathOn, seedEstate } from "#tests/support/requests.ts";
import { type Called, startTestServer, type TestServer } from "#tests/support/server.ts";

const seed = Number(process.env.CLOUDHERO_TEST_SEED ?? 20261123);
const random = seeded(seed);
/** A password that is taken costs a third of a second, so those routes get fewer. */
const rounds = ({ path }: Contract) => (path.startsWith("/accounts/") ? 10 : 25);

let server: TestServer;
let estate: Estate;

beforeAll(async () => {
  // A cloud that refuses connections: what a client sends is judged here, or nowhere.
  process.env.CLOUDHERO_EC2_ENDPOINT = process.env.CLOUDHERO_DIGITALOCEAN_ENDPOINT = "http://127.0.0.1:1";
  server = await startTestServer();
  estate = await seedEstate();
});
afterAll(() => server.close());

/** Never our fault, and a refusal in the one shape. */
function judge(answer: Called, contract: Contract, sent: string): void {
  const told = `seed ${seed}, ${contract.method} ${contract.path} with ${sent.slice(0, 500)}: ${answer.text.slice(0, 500)}`;
  // What asks a cloud that is away is told so.
  if (!(contract.path.includes("/orphans") && answer.status === 502)) expect(answer.status, told).toBeLessThan(500);
  if (answer.status >= 400) expect(problemsOf(answer, contract.errorsInArray).length).toBeLessThanOrEqual(50);
}

const named = (chosen: Contract[]) =>
  chosen.map((contract) => [`${contract.method} ${contract.path}`, contract] as const);

describe.each(named(contracts.filter(({ method }) => method === "POST" || method === "PUT")))("%s", (_, contract) => {
  test("survives any body", { timeout: 60_000 }, async () => {
    for (let round = 0; round < rounds(contract); round++) {
      const body = mutate(JSON.stringify(bodyFor(contract, estate) ?? {}), random);
      judge(
        await server.call(contract.method, pathOn(contract, estate), { token: estate.token, body }),
        contract,
        body,
      );
    }
  });
});

const keysOf = (schema: unknown) => Object.keys((schema as { shape: object }).shape);
/** What is odd in an address; what is only long or only a number is tried in bodies. */
const odd = NASTY.filter((value): value is string => typeof value === "string" && /[^\w:/.@]|^$|^_|^con/.test(value));
const targets = (contract: Contract, text: string): string[] => {
  const escaped = encodeURIComponent(text.toWellFormed()) || "%20";
  const query = [...keysOf(contract.query), "__proto__"].map((key) => `${key}=${escaped}`).join("&");
  const path = contract.path.replace(/\{\w+\}/g, escaped);
  return [
    ...(path === contract.path ? [] : [path]),
    ...(keysOf(contract.query).length > 0 ? [`${pathOn(contract, estate)}?${query}`] : []),
  ];
};
const addressed = contracts.filter((one) => keysOf(one.params).length + keysOf(one.query).length > 0);

describe.each(named(addressed.filter(({ path }) => !path.endsWith("/events"))))("%s", (_, contract) => {
  test("survives any path and query", async () => {
    const body = JSON.stringify(bodyFor(contract, estate));
    const sent = odd.flatMap((text) => targets(contract, text));
    expect(sent.length).toBeGreaterThan(10);
    await Promise.all(
      sent.map(async (path) =>
        judge(await server.call(contract.method, path, { token: estate.token, body }), contract, path),
      ),
    );
  });
});

test("survives any header", async () => {
  const values = ["", "Bearer", "Bearer ", "a".repeat(4000), "\u00ff\u00fe", "next-auth.session-token=%", "0"];
  for (const name of ["authentication-token", "authorization", "cookie", "idempotency-key", "content-type", "origin"])
    for (const value of values) {
      const headers = { ...(name.startsWith("auth") ? {} : { "authentication-token": estate.token }), [name]: value };
      const answer = await server.call("POST", "/applications", { headers, body: '{"application_name": "x"}' });
      expect(answer.status, `${name}: ${value}: ${answer.text}`).toBeLessThan(500);
    }
});
