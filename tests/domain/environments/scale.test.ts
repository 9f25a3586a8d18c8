import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { nodes } from "#drizzle/schema/index.ts";
import { db, driver } from "#lib/db/client.ts";
import { type Account, seedAccount, seedMember } from "#tests/support/account.ts";
import { node, observeRunning, type Place, seedEnvironment, seedPlace } from "#tests/support/environment.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let owner: Account;
let viewer: Account;
let place: Place;
let id: string;

beforeAll(async () => {
  server = await startTestServer();
  owner = await seedAccount();
  viewer = await seedMember(owner.ctx.organisation, "viewer");
  place = await seedPlace(owner.ctx);
});
afterAll(() => server.close());
beforeEach(async () => {
  id = await seedEnvironment(place, { nodes: [node("web", { packages: ["nginx"] }), node("db"), node("old")] });
});

const plan = (body: unknown, { token } = viewer) => server.call("POST", `/environments/${id}/plan`, { token, body });
const put = (body: unknown) => server.call("PUT", `/environments/${id}`, { token: owner.token, body });
const rows = async () => db().select().from(nodes).where(eq(nodes.environmentId, id)).orderBy(nodes.position);
const wish = {
  nodes: [
    { name: "web", size: "medium", packages: ["nginx"] },
    { name: "db", size: "small", packages: ["redis"] },
    { name: "new", size: "small", packages: ["docker"] },
  ],
};

test("a plan says what is added, removed, replaced and changed, and does nothing; a viewer may ask", async () => {
  const counts = async () =>
    (await driver()`select (select count(*) from audit) a, (select count(*) from events) e`)[0];
  const before = await counts();
  const answer = await plan(wish);
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body).toMatchObject({
    added: [{ name: "new", size: "small", packages: ["docker"] }],
    removed: ["old"],
    replaced: [{ name: "web", from: "small", to: "medium" }],
    changed: [{ name: "db", installed: ["redis"], uninstalled: [], ports: false }],
    warnings: ["All that is on the disk of old, web is lost."],
  });
  expect(await counts()).toEqual(before);
  expect((await rows()).map(({ name, size }) => [name, size])).toEqual([
    ["web", "small"],
    ["db", "small"],
    ["old", "small"],
  ]);
});

test("a plan of what is there is empty; one that cannot be is refused by the field; another's is not found", async () => {
  const same = [
    { name: "web", size: "small", packages: ["nginx"] },
    { name: "db", size: "small" },
    { name: "old", size: "small" },
  ];
  const empty = (await plan({ nodes: same })).body;
  expect([empty.added, empty.removed, empty.replaced, empty.changed, empty.warnings]).toEqual([[], [], [], [], []]);
  expect((await plan({ nodes: [{ name: "web", size: "huge" }] })).body.errors[0].field).toBe("nodes[0].size");
  expect((await plan({ nodes: same, region: "elsewhere" })).status).toBe(422);
  expect((await plan({ nodes: same }, await seedAccount())).status).toBe(404);
});

test("only the nodes that are named are removed, so that what a colleague added meanwhile stays", async () => {
  const keep = [
    { name: "web", size: "small" },
    { name: "db", size: "small" },
  ];
  await put({ nodes: [...keep, { name: "old", size: "small" }, { name: "colleague", size: "small" }] });
  const refused = await put({ nodes: keep, prune: ["old"] });
  expect([refused.status, refused.body.errors[0].message]).toEqual([422, expect.stringContaining("colleague")]);
  expect((await rows()).every(({ removal }) => removal === null)).toBe(true);
  expect((await put({ nodes: [...keep, { name: "colleague", size: "small" }], prune: ["old"] })).status).toBe(200);
  expect((await rows()).filter(({ removal }) => removal === "prune").map(({ name }) => name)).toEqual(["old"]);
});

test("another size is a new server, and only where that was asked for by name or for all", async () => {
  await observeRunning(id);
  const others = [
    { name: "db", size: "small" },
    { name: "old", size: "small" },
  ];
  const bigger = { nodes: [{ name: "web", size: "medium" }, ...others] };
  for (const remake of [undefined, false, ["db"]]) {
    const refused = await put({ ...bigger, remake });
    expect([refused.status, refused.body.errors[0].field]).toEqual([422, "nodes[0].size"]);
  }
  expect((await put({ ...bigger, remake: ["web"] })).status).toBe(200);
  const [web, db] = await rows();
  expect(web).toMatchObject({ size: "medium", removal: "remake", deletedName: expect.stringContaining("-DEL") });
  expect(db).toMatchObject({ size: "small", removal: null });
});
