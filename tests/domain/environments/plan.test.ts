import { afterAll, beforeAll, expect, test } from "vitest";
import { driver } from "#lib/db/client.ts";
import { seedAccount } from "#tests/support/account.ts";
import { type Place, seedPlace } from "#tests/support/environment.ts";
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

const wish = (change: object = {}) => ({
  provider_id: place.providerId,
  region: "local",
  environment: "production",
  nodes: [{ name: "web", size: "small", packages: [] }],
  ...change,
});
const plan = (change?: object) => server.call("POST", "/environments/plan", { token, body: wish(change) });
const packages = (...names: string[]) => ({ nodes: [{ name: "web", size: "small", packages: names }] });

test("a plan makes nothing", async () => {
  const tables = ["environments", "nodes", "events", "audit", "pgboss.job"];
  const count = async () =>
    Promise.all(tables.map(async (table) => (await driver().unsafe(`select count(*) from ${table}`))[0]!.count));
  const before = await count();
  const answer = await plan();
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body).toMatchObject({ success: true, nodes: [{ name: "web", size: "small", packages: [] }] });
  expect(answer.body.warnings).toEqual([expect.stringContaining("Not checked against the cloud")]);
  expect(await count()).toEqual(before);
});

test("an alias is answered and kept as the package that it names, once", async () => {
  const answer = await plan(packages("Apache2", "postgres", "node", "apache"));
  expect(answer.body.nodes[0].packages).toEqual(["apache", "postgresql", "nodejs"]);
  const created = await server.call("POST", `/applications/${place.applicationId}/environments`, {
    token,
    body: wish(packages("apache2", "httpd")),
  });
  const { body } = await server.call("GET", `/environments/${created.body.environment}`, { token });
  expect(body.nodes[0].packages).toEqual(["apache"]);
});

test("an unknown package is 422 at its place, and names the nearest", async () => {
  for (const [typed, nearest] of [
    ["ngnix", "nginx"],
    ["mysqll", "mysql"],
    ["Postgress", "postgresql"],
    ["rediss", "redis"],
  ]) {
    const answer = await plan(packages("docker", typed!));
    expect(answer.status, answer.text).toBe(422);
    expect(answer.body.errors).toEqual([
      { code: "invalid", field: "nodes[0].packages[1]", message: expect.stringContaining(`did you mean ${nearest}?`) },
    ]);
  }
});

test("a region that is closed or unknown is 422 with those that are open, a size out of it with those in it", async () => {
  for (const region of ["closed", "nowhere", "constructor", "__proto__"]) {
    const answer = await plan({ region });
    expect(answer.status, answer.text).toBe(422);
    expect(answer.body.errors).toMatchObject([
      { field: "region", message: expect.stringMatching(/there are: local\.$/) },
    ]);
  }
  const far = await plan({ nodes: [{ name: "web", size: "far", packages: [] }] });
  expect(far.body.errors).toMatchObject([
    { field: "nodes[0].size", message: expect.stringMatching(/there are: small, medium\.$/) },
  ]);
});

test("a provider that is not the organisation's is 422, whoever's it is", async () => {
  const stranger = await seedPlace((await seedAccount()).ctx);
  for (const provider_id of [stranger.providerId, "f".repeat(24), "x"]) {
    const answer = await plan({ provider_id });
    expect([answer.status, answer.body.errors[0].field]).toEqual([422, "provider_id"]);
  }
});

test("500 nodes and 20 packages are the most", async () => {
  const nodes = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `n${index}`, size: "small" }));
  expect((await plan({ nodes: nodes(500) })).status).toBe(200);
  const many = await plan({ nodes: nodes(501) });
  expect([many.status, many.body.errors[0].field]).toEqual([422, "nodes"]);
  const heavy = await plan(packages(...Array.from({ length: 21 }, () => "nginx")));
  expect([heavy.status, heavy.body.errors[0].field]).toEqual([422, "nodes[0].packages"]);
});
