import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { environments, nodes } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { ownerOf } from "#lib/db/installation.ts";
import { newId } from "#lib/ids.ts";
import { ec2Provider } from "#lib/providers/ec2/ec2.ts";
import { type Account, seedAccount, seedMember } from "#tests/support/account.ts";
import { seedApplication } from "#tests/support/environment.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";
import { type Ec2Emulator, EMULATED_KEY } from "../emulators/ec2/emulator.ts";
import { living, quietly, signal, specsFor, startCloud } from "../providers/ec2-bench.ts";
import { keyPair, newEnvironment } from "../providers/fixtures.ts";

let server: TestServer;
let amazon: Ec2Emulator;
let team: Account;
let providerId: string;

beforeAll(async () => {
  amazon = await startCloud();
  server = await startTestServer();
  team = await seedAccount();
  const added = await call("POST", "/providers", { cloud_provider: "ec2", provider_name: "amazon", ...EMULATED_KEY });
  providerId = added.body[0].id;
});
afterAll(async () => {
  await server.close();
  await amazon.close();
});

const call = (method: string, path: string, body?: unknown, { token } = team) =>
  server.call(method, path, { token, body });
const orphans = async () => (await call("GET", `/providers/${providerId}/orphans`)).body;
const remove = (ids: string[], who = team) => call("POST", `/providers/${providerId}/orphans/remove`, { ids }, who);

const running = () =>
  living(amazon)
    .filter(({ state }) => state === "running")
    .map(({ id }) => id);

/** What an environment leaves in the cloud when the database forgets it: here, one that was never in it. */
async function leave(region: string, id = newId(), network: "default" | "own" = "default") {
  const provider = ec2Provider(EMULATED_KEY);
  const owner = await ownerOf(db(), providerId);
  const left = { ...newEnvironment(region, owner, keyPair()), id, choices: { network } };
  await provider.prepare(left, quietly, signal());
  await provider.launch(left, specsFor(left, 1), signal());
  return left;
}

/** An environment that lives in the database, and has this much in the cloud. */
async function livingEnvironment(region: string): Promise<string> {
  const application = await seedApplication(team.ctx);
  const nodes = [{ name: "web", size: "t3.small" }];
  const wish = { provider_id: providerId, region, environment: "alive", nodes };
  const { environment } = (await call("POST", `/applications/${application}/environments`, wish)).body;
  await leave(region, environment);
  return environment;
}

/** What is only gone with something else goes in a later round. */
const removeAll = () =>
  expect
    .poll(
      async () => {
        const left = (await orphans()).orphans.map(({ id }: { id: string }) => id);
        if (left.length > 0) await remove(left);
        return left;
      },
      { timeout: 10_000 },
    )
    .toEqual([]);

test("a living node's server is no orphan, though its marks name no environment that lives", async () => {
  const alive = await livingEnvironment("eu-west-1");
  await leave("eu-west-1");
  const strange = (await orphans()).orphans.find(({ kind }: { kind: string }) => kind === "server").id;
  await db().update(nodes).set({ serverId: strange }).where(eq(nodes.environmentId, alive));
  expect((await orphans()).orphans.map(({ id }: { id: string }) => id)).not.toContain(strange);
  expect((await remove([strange])).body.removed).toEqual([]);
  await db().update(environments).set({ deletedAt: new Date() }).where(eq(environments.id, alive));
  await removeAll();
});

test("what no environment wants is found in every region, with its age and cost, and is removed; what lives never is", async () => {
  const alive = await livingEnvironment("eu-west-1");
  const lost = await leave("eu-central-1");
  const found = await orphans();
  expect(found.unread).toEqual([]);
  expect(found.orphans.map(({ kind }: { kind: string }) => kind).toSorted()).toEqual([
    "firewall",
    "key",
    "server",
    "volume",
  ]);
  const server = found.orphans.find(({ kind }: { kind: string }) => kind === "server");
  expect(server).toMatchObject({ region: "eu-central-1", environment: lost.id, size: "t3.small", state: "running" });
  expect(server.price_per_hour).toBeGreaterThan(0);
  expect(server.age_seconds).toBeLessThan(60);

  const mine = living(amazon).find((one) => one.tags.get("cloudhero:environment") === alive)!.id;
  const ids = found.orphans.map(({ id }: { id: string }) => id);
  const answer = (await remove([...ids, mine])).body;
  expect(answer.refused).toContainEqual({ id: mine, reason: expect.stringContaining("no orphan") });
  expect(running()).toEqual([mine]);
  await removeAll();
  await db().update(environments).set({ deletedAt: new Date() }).where(eq(environments.id, alive));
  expect((await orphans()).orphans.map(({ id }: { id: string }) => id)).toContain(mine);
});

test("a whole network of its own is taken down in an order that AWS takes", async () => {
  await leave("us-west-2", newId(), "own");
  const kinds = (await orphans()).orphans.map(({ kind }: { kind: string }) => kind);
  for (const kind of ["network", "subnet", "gateway"]) expect(kinds).toContain(kind);
  await expect
    .poll(
      async () => {
        const left = (await orphans()).orphans.map(({ id }: { id: string }) => id);
        if (left.length > 0) await remove(left);
        return left;
      },
      { timeout: 15_000 },
    )
    .toEqual([]);
  expect(running()).toEqual([]);
});

test("a region that does not answer is named, and hides no other", async () => {
  const lost = await leave("eu-central-1");
  const { found, unread } = await ec2Provider(EMULATED_KEY).remnants(["eu-central-1", "moon-1"], lost.owner, signal());
  expect(unread).toEqual([{ region: "moon-1", reason: "EC2 has no region moon-1." }]);
  expect(found.some(({ environmentId }) => environmentId === lost.id)).toBe(true);
  amazon.faults.inject("DescribeInternetGateways", { effect: false, answer: "error" }, 10_000);
  expect((await orphans()).unread).toContainEqual({
    region: "eu-central-1",
    reason: expect.stringMatching(/Internal/),
  });
  amazon.faults.clear();
}, 30_000);

test("anybody of the organisation may look; an admin removes, up to 500 at a time", async () => {
  const viewer = await seedMember(team.ctx.organisation, "viewer");
  expect((await call("GET", `/providers/${providerId}/orphans`, undefined, viewer)).status).toBe(200);
  expect((await remove(["x"], viewer)).status).toBe(403);
  for (const ids of [[], Array.from({ length: 501 }, String)]) expect((await remove(ids)).status).toBe(422);
});
