import { afterAll, beforeAll, expect, test } from "vitest";
import { driver } from "#lib/db/client.ts";
import { seedAccount } from "#tests/support/account.ts";
import { node, type Place, seedApplication, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
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

const counted = async (table: string) => Number((await driver().unsafe(`select count(*) from ${table}`))[0]!.count);
const everything = () => Promise.all(["environments", "nodes", "events", "audit", "pgboss.job"].map(counted));
const wish = (environment: string) => ({
  provider_id: place.providerId,
  region: "local",
  environment,
  nodes: [{ name: "web", size: "small" }],
});

test("a name can be used once per application, and the loser leaves no row, no event and no job", async () => {
  const [environments, nodes, events, audit, jobs] = await everything();
  const path = `/applications/${place.applicationId}/environments`;
  const names = ["production", "Production", "production", "PRODUCTION", "production"];
  const answers = await Promise.all(names.map((name) => server.call("POST", path, { token, body: wish(name) })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  const lost = answers.find(({ status }) => status === 409)!;
  expect(lost.body.errors).toMatchObject([{ code: "conflict", field: "environment" }]);
  const one = [environments! + 1, nodes! + 1, events! + 1, audit! + 1, jobs! + 1];
  expect(await everything()).toEqual(one);
  const { body } = await server.call("GET", `/applications/${place.applicationId}`, { token });
  expect(body).toMatchObject({
    deployments_count: 1,
    environments: [answers.find(({ status }) => status === 200)!.body.environment],
  });
});

test("another application may use it", async () => {
  const applicationId = await seedApplication(place.ctx);
  const answer = await server.call("POST", `/applications/${applicationId}/environments`, {
    token,
    body: wish("production"),
  });
  expect(answer.status, answer.text).toBe(200);
});

test("renaming to a name that is taken is refused, and changes nothing", async () => {
  const id = await seedEnvironment(place, { name: "staging" });
  const body = { environment: "production", nodes: [{ name: "web", size: "small" }] };
  const answer = await server.call("PUT", `/environments/${id}`, { token, body });
  expect(answer.status, answer.text).toBe(409);
  expect((await server.call("GET", `/environments/${id}`, { token })).body.name).toBe("staging");
});

test("a node's name is used once per environment, whatever its case or dashes", async () => {
  const nodes = [node("db_1"), node("web"), node("DB-1")];
  const body = { ...wish("twins"), nodes };
  const answer = await server.call("POST", `/applications/${place.applicationId}/environments`, { token, body });
  expect(answer.status).toBe(422);
  expect(answer.body.errors).toMatchObject([{ field: "nodes[2].name" }]);
});

test("servers of all environments have names of their own, and legal ones", async () => {
  const twin = async (name: string) =>
    seedEnvironment({ ...place, applicationId: await seedApplication(place.ctx, name) }, { name: "x" });
  const long = { name: "y".repeat(60), nodes: [node("n".repeat(63)), node(`${"n".repeat(62)}m`)] };
  const ids = [await twin("My App"), await twin("my-app"), await twin("MY  APP!"), await seedEnvironment(place, long)];
  const views = await Promise.all(ids.map((id) => server.call("GET", `/environments/${id}`, { token })));
  const names = views.flatMap(({ body }) => body.nodes.map(({ hostname }: { hostname: string }) => hostname));
  expect(new Set(names).size).toBe(5);
  for (const name of names) expect(name).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
  expect(names[0]).toBe("company-owner-my-app-x-web");
});

test("applications and providers are named once, renamed ones too, also when two come at once", async () => {
  const make = (name: string) => server.call("POST", "/applications", { token, body: { application_name: name } });
  expect((await Promise.all([make("Shop"), make("shop")])).map(({ status }) => status).sort()).toEqual([200, 409]);
  const [one, other] = [await seedApplication(place.ctx), await seedApplication(place.ctx)];
  const rename = (id: string) =>
    server.call("PUT", `/applications/${id}`, { token, body: { application_name: "Store" } });
  expect((await Promise.all([rename(one), rename(other)])).map(({ status }) => status).sort()).toEqual([200, 409]);
});

test("registries are renamed to no name that is taken", async () => {
  const make = (name: string) =>
    server.call("POST", "/integrations/docker-hub", { token, body: { name, username: "u", password: "p" } });
  await make("one");
  const { body } = await make("two");
  const renamed = await server.call("PUT", `/integrations/docker-hub/${body.id}`, {
    token,
    body: { name: "ONE", username: "u", password: "p" },
  });
  expect(renamed.status, renamed.text).toBe(409);
  expect(renamed.body.errors).toMatchObject([{ field: "name" }]);
});
