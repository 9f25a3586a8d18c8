import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { providerFacts } from "#drizzle/schema/index.ts";
import { findPackage } from "#lib/bootstrap/catalogue.ts";
import { db } from "#lib/db/client.ts";
import { builtInTemplates } from "#lib/domain/templates/built-in.ts";
import { type Account, seedAccount, seedMember } from "#tests/support/account.ts";
import { node, type Place, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { type Called, startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let owner: Account;
let stranger: Account;
let place: Place;

const size = (id: string, cores: number, gib: number, pricePerHour: number) => ({
  id,
  cores: String(cores),
  ram: `${gib} GiB`,
  disk: "SSD",
  pricePerHour,
});
const metadata = {
  locations: { local: { name: "local", endpoint: "", available: true } },
  sizes: { all: { a: size("a", 1, 1, 1), b: size("b", 2, 2, 3), c: size("c", 2, 4, 2), d: size("d", 8, 8, 9) } },
};

beforeAll(async () => {
  server = await startTestServer();
  [owner, stranger] = [await seedAccount(), await seedAccount()];
  place = await seedPlace(owner.ctx);
  await db().update(providerFacts).set({ value: metadata }).where(eq(providerFacts.providerId, place.providerId));
});
afterAll(() => server.close());

const call = (method: string, path: string, body?: unknown, { token } = owner) =>
  server.call(method, path, { token, body });
const web = { name: "web", min_cores: 1, min_memory_gib: 2, packages: ["Postgres"], expose: [{ port: 5432 }] };
const save = (name: string, change: object = {}, as = owner) =>
  call("POST", "/templates", { name, nodes: [web], ...change }, as);
const problem = ({ status, body }: Called) => [status, body.errors?.[0]?.code, body.errors?.[0]?.field];

test("a template is kept as stated, by canonical names, and listed after those that come with CloudHero", async () => {
  const made = await save("shop", { description: "What a shop needs" });
  expect(made.status, made.text).toBe(200);
  expect(made.body).toMatchObject({ name: "shop", description: "What a shop needs", built_in: false });
  const kept = { name: "web", size: null, min_cores: 1, min_memory_gib: 2, packages: ["postgresql"] };
  expect(made.body.nodes).toEqual([{ ...kept, expose: [{ port: 5432, cidr: "0.0.0.0/0" }] }]);
  const { body } = await call("GET", "/templates?limit=500");
  expect(body.at(-1)).toEqual(made.body);
  expect(body.filter((one: { built_in: boolean }) => one.built_in)).toHaveLength(builtInTemplates.length);
  expect((await call("GET", `/templates/${made.body.id}`)).body).toEqual(made.body);
});

test("paging goes through the built-in ones and the saved ones, each once", async () => {
  const { body: whole } = await call("GET", "/templates?limit=500");
  const seen: string[] = [];
  let path: string | undefined = "/templates?limit=3";
  while (path) {
    const page: Called = await call("GET", path);
    seen.push(...page.body.map(({ id }: { id: string }) => id));
    path = /<([^>]+)>/.exec(page.headers.get("link") ?? "")?.[1];
  }
  expect(seen).toEqual(whole.map(({ id }: { id: string }) => id));
});

test("a name is had once, in any case, and those of the built-in ones are taken", async () => {
  expect((await save("once")).status).toBe(200);
  expect(problem(await save("ONCE"))).toEqual([409, "conflict", "name"]);
  expect(problem(await save("lamp"))).toEqual([409, "conflict", "name"]);
  expect((await save("once", {}, stranger)).status).toBe(200);
});

test("every built-in template has packages that exist, and fits a real place", async () => {
  for (const { id, name, nodes } of builtInTemplates) {
    for (const { packages } of nodes) for (const one of packages) expect(findPackage(one)?.name, name).toBe(one);
    const fitted = await call("GET", `/templates/${id}?provider_id=${place.providerId}&region=local`);
    expect(fitted.status, fitted.text).toBe(200);
    const wish = {
      provider_id: place.providerId,
      region: "local",
      environment: name,
      nodes: fitted.body.nodes.map(({ min_cores: _, min_memory_gib: __, ...rest }: Record<string, unknown>) => rest),
    };
    const made = await call("POST", `/applications/${place.applicationId}/environments`, wish);
    expect(made.status, `${name}: ${made.text}`).toBe(200);
  }
});

test("sizes are found by need: the cheapest that fits, though a smaller one is dearer", async () => {
  const { body } = await save("fitted", { nodes: [web, { name: "big", min_cores: 4, min_memory_gib: 1 }] });
  const fitted = await call("GET", `/templates/${body.id}?provider_id=${place.providerId}&region=local`);
  expect(fitted.body.nodes.map((one: { size: string }) => one.size)).toEqual(["c", "d"]);
  const nowhere = await call("GET", `/templates/${body.id}?provider_id=${place.providerId}&region=moon`);
  expect(problem(nowhere)).toEqual([422, "invalid", "region"]);
  expect(problem(await call("GET", `/templates/${body.id}?region=local`))).toEqual([422, "invalid", "region"]);
});

test("an environment is saved as a template with how big its servers are", async () => {
  const id = await seedEnvironment(place, { nodes: [node("db", { size: "c", packages: ["redis"] })] });
  const made = await save("as it is", { nodes: undefined, environment_id: id });
  expect(made.status, made.text).toBe(200);
  const kept = { name: "db", size: "c", min_cores: 2, min_memory_gib: 4, packages: ["redis"], expose: [] };
  expect(made.body.nodes).toEqual([kept]);
  expect((await save("not mine", { nodes: undefined, environment_id: id }, stranger)).status).toBe(404);
});

test("what is wrong is named by field", async () => {
  expect(problem(await save("none", { nodes: undefined }))).toEqual([422, "invalid", "nodes"]);
  expect(problem(await save("none", { nodes: [{ name: "web" }] }))).toEqual([422, "invalid", "nodes[0].size"]);
  const odd = { nodes: [{ name: "web", size: "a", packages: ["ngnix"] }] };
  expect(problem(await save("none", odd))).toEqual([422, "invalid", "nodes[0].packages[0]"]);
  expect((await save("none", odd)).body.errors[0].message).toContain("nginx");
  expect(problem(await save("none", { nodes: [web, web] }))).toEqual([422, "invalid", "nodes[1].name"]);
});

test("a template is changed and forgotten by an operator of its organisation, and by nobody else", async () => {
  const { body } = await save("mine");
  const path = `/templates/${body.id}`;
  const viewer = await seedMember(owner.ctx.organisation, "viewer");
  for (const [as, status] of [
    [viewer, 403],
    [stranger, 404],
  ] as const) {
    expect((await call("PUT", path, { name: "theirs" }, as)).status).toBe(status);
    expect((await call("DELETE", path, undefined, as)).status).toBe(status);
  }
  expect((await call("GET", path, undefined, stranger)).status).toBe(404);
  expect((await call("GET", path, undefined, viewer)).status).toBe(200);
  const changed = await call("PUT", path, { description: "Ours" });
  expect(changed.body).toMatchObject({ name: "mine", description: "Ours", nodes: body.nodes });
  expect(problem(await call("PUT", path, { name: "LAMP" }))).toEqual([409, "conflict", "name"]);
  expect((await call("DELETE", path)).body).toEqual({ success: true });
  expect((await call("GET", path)).status).toBe(404);
});

test("what comes with CloudHero can be neither changed nor removed", async () => {
  const path = `/templates/${builtInTemplates[0]!.id}`;
  expect(problem(await call("PUT", path, { description: "x" }))).toEqual([409, "conflict", undefined]);
  expect(problem(await call("DELETE", path))).toEqual([409, "conflict", undefined]);
});
