import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { environments, nodes, providerFacts } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { newId } from "#lib/ids.ts";
import { type Account, seedAccount, seedMember } from "#tests/support/account.ts";
import { node, type Place, seedEnvironment, seedPlace, seedProvider } from "#tests/support/environment.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let owner: Account;
let place: Place;
let elsewhere: string;
let source: string;

const size = (id: string, cores: number, gib: number) => ({ id, cores: String(cores), ram: `${gib} GiB`, disk: "SSD" });
const location = { name: "", endpoint: "", available: true };

beforeAll(async () => {
  server = await startTestServer();
  owner = await seedAccount();
  place = await seedPlace(owner.ctx);
  elsewhere = await seedProvider(owner.ctx);
  const metadata = { locations: { fra1: location, nyc1: location }, sizes: { all: { s1: size("s1", 1, 2) } } };
  await db().update(providerFacts).set({ value: metadata }).where(eq(providerFacts.providerId, elsewhere));
  const web = node("web", { packages: ["nginx"], expose: [{ port: 80, cidr: "0.0.0.0/0" }] });
  source = await seedEnvironment(place, { nodes: [web, node("db", { size: "medium" })], heal: true });
});
afterAll(() => server.close());

const clone = (body: object, { token } = owner, id = source) =>
  server.call("POST", `/environments/${id}/clone`, { token, body: { environment: `copy ${newId()}`, ...body } });
const wishOf = async (id: string) => {
  const [row] = await db().select().from(environments).where(eq(environments.id, id));
  const servers = await db().select().from(nodes).where(eq(nodes.environmentId, id)).orderBy(nodes.position);
  return { row: row!, servers };
};

test("a clone without a place is like its source in all that is wished, and is a wish of its own", async () => {
  const made = await clone({});
  expect(made.status, made.text).toBe(200);
  expect(made.body).toMatchObject({ ready: true, state: "pending", sizes: [], not_carried: [] });
  expect(made.body.environment).not.toBe(source);
  const { row, servers } = await wishOf(made.body.environment);
  expect(row).toMatchObject({ region: "local", heal: true, applicationId: place.applicationId });
  expect(servers.map(({ name, size, packages, expose }) => ({ name, size, packages, expose }))).toEqual([
    { name: "web", size: "small", packages: ["nginx"], expose: [{ port: 80, cidr: "0.0.0.0/0" }] },
    { name: "db", size: "medium", packages: [], expose: [] },
  ]);
  expect(new Set(servers.map(({ hostname }) => hostname)).size).toBe(2);
});

test("at another provider sizes that are not there are found by how big they were, and each is told", async () => {
  const made = await clone({ provider_id: elsewhere, region: "nyc1" });
  expect(made.status, made.text).toBe(200);
  expect(made.body.sizes).toEqual([
    { node: "web", from: "small", to: "s1", short: false },
    { node: "db", from: "medium", to: "s1", short: false },
  ]);
  expect((await wishOf(made.body.environment)).row).toMatchObject({ providerId: elsewhere, region: "nyc1" });
});

test("another provider's region must be said where it has several; what does not exist is named by field", async () => {
  for (const [body, field] of [
    [{ provider_id: elsewhere }, "region"],
    [{ provider_id: elsewhere, region: "moon" }, "region"],
    [{ provider_id: newId() }, "provider_id"],
  ] as const) {
    const refused = await clone(body);
    expect([refused.status, refused.body.errors[0].field], refused.text).toEqual([422, field]);
  }
});

test("its name must be free in the application, and it may go to another", async () => {
  expect((await clone({ environment: "twin" })).status).toBe(200);
  const taken = await clone({ environment: "Twin" });
  expect([taken.status, taken.body.errors[0].field]).toEqual([409, "environment"]);
  const other = await server.call("POST", "/applications", { token: owner.token, body: { application_name: "other" } });
  const moved = await clone({ environment: "twin", application_id: other.body[0].id });
  expect(moved.status, moved.text).toBe(200);
});

test("a viewer may not, and another organisation's is not there", async () => {
  expect((await clone({}, await seedMember(owner.ctx.organisation, "viewer"))).status).toBe(403);
  expect((await clone({}, await seedAccount())).status).toBe(404);
  const stranger = await seedAccount();
  const theirs = await seedPlace(stranger.ctx);
  expect((await clone({ provider_id: theirs.providerId, region: "local" })).status).toBe(422);
});
