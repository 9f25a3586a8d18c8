import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { events, providers } from "#drizzle/schema/index.ts";
import { db } from "#lib/db/client.ts";
import { newId } from "#lib/ids.ts";
import { type Account, seedAccount } from "#tests/support/account.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";
import {
  type DigitalOceanEmulator,
  EMULATED_TOKEN,
  startDigitalOceanEmulator,
  stripTags as stripDroplet,
} from "../emulators/digitalocean/emulator.ts";
import { type Ec2Emulator, EMULATED_KEY } from "../emulators/ec2/emulator.ts";
import { regionsOf, stripTags as stripInstance } from "../emulators/ec2/inspect.ts";
import { living, startCloud } from "../providers/ec2-bench.ts";

let server: TestServer;
let amazon: Ec2Emulator;
let ocean: DigitalOceanEmulator;
let team: Account;

beforeAll(async () => {
  process.env.CLOUDHERO_DIAL_ALLOW = "127.0.0.0/8";
  amazon = await startCloud();
  ocean = await startDigitalOceanEmulator({ bootMs: 0, addressLagMs: 0, actionMs: 0, consistencyLagMs: 0 });
  process.env.CLOUDHERO_DIGITALOCEAN_ENDPOINT = ocean.url;
  server = await startTestServer({ worker: true });
  team = await seedAccount();
}, 60_000);
afterEach(() => {
  amazon.state.accounts[0]!.keys.set(EMULATED_KEY.accessKey, { secretKey: EMULATED_KEY.secretKey, arn: USER });
});
afterAll(async () => {
  await server.close();
  await amazon.close();
  await ocean.close();
});

/** Servers run; nothing in them ever answers. */
const LAUNCHED = ["installing", "installing"];
const USER = "arn:aws:iam::123456789012:user/emulated";
const call = (method: string, path: string, body?: unknown) => server.call(method, path, { token: team.token, body });

async function addProvider(fields: object): Promise<string> {
  const answer = await call("POST", "/providers", { provider_name: `cloud ${newId()}`, ...fields });
  expect(answer.status, answer.text).toBe(200);
  return [answer.body].flat()[0].id;
}
const addAmazon = (more: object = {}) => addProvider({ cloud_provider: "ec2", ...EMULATED_KEY, ...more });

async function makeEnvironment(providerId: string, region: string, size: string, more: object = {}): Promise<string> {
  const [application] = (await call("POST", "/applications", { application_name: `app ${newId()}` })).body;
  const nodes = ["web", "db"].map((name) => ({ name, size }));
  const wish = { provider_id: providerId, region, environment: "staging", nodes, ...more };
  const made = await call("POST", `/applications/${application.id}/environments`, wish);
  expect(made.status, made.text).toBe(200);
  return made.body.environment;
}

const environment = async (id: string) => (await call("GET", `/environments/${id}`)).body;
const provider = async (id: string) => (await call("GET", `/providers/${id}`)).body;
const states = async (id: string) => (await environment(id)).nodes.map(({ state }: { state: string }) => state);
const poll = (look: () => unknown, timeout = 15_000) => expect.poll(look, { timeout, interval: 100 });

async function end(id: string): Promise<void> {
  expect((await call("DELETE", `/environments/${id}?wait=20`)).body.state).toBe("deleted");
}

test("a key that the cloud refuses turns the provider red; its environments keep what was last known, and go on under a new key", async () => {
  const providerId = await addAmazon();
  const id = await makeEnvironment(providerId, "eu-west-1", "t3.small");
  await poll(() => states(id)).toEqual(LAUNCHED);
  const servers = living(amazon).map((one) => one.id);

  amazon.state.accounts[0]!.keys.delete(EMULATED_KEY.accessKey);
  await poll(async () => (await provider(providerId)).trouble).toMatch(/AWS was not able to validate|AuthFailure/);
  const before = await environment(id);
  expect(before.last_error).toBe((await provider(providerId)).trouble);
  expect(before.nodes.map((node: { state: string }) => node.state)).toEqual(LAUNCHED);
  expect(living(amazon).map((one) => one.id)).toEqual(servers);

  const replacement = { accessKey: "AKIAREPLACEMENT00000", secretKey: "another secret of the same account 0000" };
  const refused = await call("PUT", `/providers/${providerId}`, replacement);
  expect([refused.status, refused.body.errors[0].field]).toEqual([422, "accessKey"]);
  expect((await provider(providerId)).provider_meta.accessKey).toBe(EMULATED_KEY.accessKey);
  amazon.state.accounts[0]!.keys.set(replacement.accessKey, { secretKey: replacement.secretKey, arn: USER });
  const rotated = await call("PUT", `/providers/${providerId}`, replacement);
  expect([rotated.status, rotated.body.trouble]).toEqual([200, null]);
  await poll(async () => (await environment(id)).last_error).toBeNull();
  expect(living(amazon).map((one) => one.id)).toEqual(servers);
  await end(id);
  expect(living(amazon)).toEqual([]);
}, 90_000);

test("a provider that environments use is not removed: the refusal names them", async () => {
  const providerId = await addAmazon();
  const id = await makeEnvironment(providerId, "eu-west-1", "t3.small");
  const refused = await call("DELETE", `/providers/${providerId}`);
  expect([refused.status, refused.body.errors[0].message]).toEqual([409, expect.stringContaining("staging")]);
  await end(id);
  expect((await call("DELETE", `/providers/${providerId}`)).status).toBe(200);
}, 60_000);

test("image, disk and a network of its own are the environment's to say; the network goes with it", async () => {
  const providerId = await addAmazon({ image: "debian-12", disk_gib: "10" });
  const more = { image: "ubuntu-24.04", network: "own", disk_gib: 40 };
  const id = await makeEnvironment(providerId, "eu-west-1", "t3.small", more);
  expect(await environment(id)).toMatchObject({ ...more, subnet: null });
  await poll(() => states(id)).toEqual(LAUNCHED);
  const region = regionsOf(amazon).find(({ info }) => info.name === "eu-west-1")!;
  const own = [...region.vpcs.values()].filter((vpc) => !vpc.isDefault);
  expect(own).toHaveLength(1);
  for (const server of living(amazon)) expect(server.subnet.vpcId).toBe(own[0]!.id);
  expect([...region.volumes.values()].map(({ sizeGib }) => sizeGib)).toEqual([40, 40]);
  expect((await call("PUT", `/environments/${id}`, { nodes: [], image: "debian-12" })).status).toBe(422);
  await end(id);
  expect([...region.vpcs.values()].filter((vpc) => !vpc.isDefault)).toEqual([]);
  for (const [field, value] of [
    ["image", "windows"],
    ["disk_gib", 4],
    ["subnet", "subnet-none"],
    ["network", "theirs"],
  ] as const) {
    const wish = {
      provider_id: providerId,
      region: "eu-west-1",
      environment: "x",
      nodes: [{ name: "a", size: "t3.small" }],
    };
    const refused = await call("POST", "/environments/plan", { ...wish, [field]: value });
    expect([refused.status, refused.body.errors[0].field]).toEqual([422, field]);
  }
}, 60_000);

test("SSH comes from where CloudHero is, where that is said, and from what a node exposes; from nowhere else", async () => {
  process.env.CLOUDHERO_SSH_FROM = "203.0.113.7/32, 2001:db8::/64";
  try {
    const id = await makeEnvironment(await addAmazon(), "eu-west-1", "t3.small");
    await poll(() => states(id)).toEqual(LAUNCHED);
    const [group] = regionsOf(amazon)
      .flatMap(({ groups }) => [...groups.values()])
      .filter(({ tags }) => tags.get("cloudhero:environment") === id);
    const ssh = group!.rules.filter(({ FromPort }) => FromPort === 22);
    const sources = ssh.flatMap(({ IpRanges = [], Ipv6Ranges = [] }) => [
      ...IpRanges.map(({ CidrIp }) => CidrIp),
      ...Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6),
    ]);
    expect(sources.toSorted()).toEqual(["2001:db8::/64", "203.0.113.7/32"]);
    await end(id);
  } finally {
    delete process.env.CLOUDHERO_SSH_FROM;
  }
}, 60_000);

type Cloud = {
  add(): Promise<string>;
  region: string;
  size: string;
  strip(id: string): () => void;
  living(): string[];
  remove(id: string): void;
};
const both: Record<string, Cloud> = {
  ec2: {
    add: () => addAmazon(),
    region: "eu-west-1",
    size: "t3.small",
    strip: (id) => stripInstance(amazon, id),
    living: () => living(amazon).map(({ id }) => id),
    remove: (id) => {
      living(amazon).find((one) => one.id === id)!.next = { at: 0, state: "terminated" };
    },
  },
  digitalocean: {
    add: () => addProvider({ cloud_provider: "digital_ocean", access_token: EMULATED_TOKEN }),
    region: "fra1",
    size: "s-1vcpu-1gb",
    strip: (id) => stripDroplet(ocean, id),
    living: () => [...ocean.state.droplets.keys()].map(String),
    remove: (id) => ocean.state.droplets.delete(Number(id)),
  },
};

describe.each(Object.entries(both))("on %s", (_name, cloud) => {
  const nodesOf = async (id: string): Promise<{ drift: string | null; error: string | null; server_id: string }[]> =>
    (await environment(id)).nodes;

  test("a server whose tags were taken off is not lost: it is said, and it goes with its environment", async () => {
    const id = await makeEnvironment(await cloud.add(), cloud.region, cloud.size, { heal: true });
    await poll(() => states(id)).toEqual(LAUNCHED);
    const servers = cloud.living();
    const { server_id } = (await nodesOf(id))[0]!;

    const putBack = cloud.strip(server_id);
    await poll(async () => (await nodesOf(id)).map(({ drift }) => drift)).toEqual(["untagged", null]);
    expect((await nodesOf(id))[0]!.error).toMatch(new RegExp(`tags .*cloudhero:.*${id}`));
    expect((await environment(id)).last_error).toMatch(/tags/);
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    expect(cloud.living()).toEqual(servers);
    expect(await states(id)).toEqual(LAUNCHED);

    putBack();
    const trouble = async () => (await nodesOf(id)).map(({ drift, error }) => [drift, error]);
    await poll(trouble).toEqual([
      [null, null],
      [null, null],
    ]);
    expect((await environment(id)).last_error).toBeNull();
    const said = await db().select().from(events).where(eq(events.environmentId, id));
    expect(said.filter(({ message }) => message?.startsWith("web is untagged: Its tags"))).toHaveLength(1);

    cloud.strip(server_id);
    await poll(async () => (await nodesOf(id))[0]!.drift).toBe("untagged");
    await end(id);
    expect(cloud.living()).toEqual([]);
  }, 90_000);

  test("one that was removed is made again within seconds, with its tags or without", async () => {
    const id = await makeEnvironment(await cloud.add(), cloud.region, cloud.size, { heal: true });
    await poll(() => states(id)).toEqual(LAUNCHED);
    const before = cloud.living();
    cloud.strip(before[0]!);
    for (const one of before) cloud.remove(one);
    const isOld = (server: string) => before.includes(server);
    await poll(() => cloud.living().map(isOld), 25_000).toEqual([false, false]);
    await poll(() => states(id)).toEqual(LAUNCHED);
    await end(id);
  }, 90_000);
});

test("a cloud that does not answer for a server that it does not list has not said that it is gone", async () => {
  const { add, region, size, living, strip } = both.digitalocean!;
  const id = await makeEnvironment(await add(), region, size, { heal: true });
  await poll(() => states(id)).toEqual(LAUNCHED);
  const servers = living();
  ocean.faults.inject(`GET /v2/droplets/${servers[0]}`, { effect: false, answer: "error" }, 1_000);
  strip(servers[0]!);
  await poll(async () => (await environment(id)).last_error).toMatch(/DigitalOcean/);
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  expect([living(), await states(id)]).toEqual([servers, LAUNCHED]);
  ocean.faults.clear();
  await poll(async () => (await environment(id)).last_error).toMatch(/tags/);
  expect(living()).toEqual(servers);
  await end(id);
}, 90_000);

test("a server that the cloud said is gone is not asked for again in every round", async () => {
  const { add, region, size, living, remove } = both.digitalocean!;
  const id = await makeEnvironment(await add(), region, size);
  await poll(() => states(id)).toEqual(LAUNCHED);
  const [gone] = living();
  remove(gone!);
  await poll(() => states(id)).toEqual(["failed", "installing"]);
  const begun = ocean.calls.length;
  const since = (name: string) => ocean.calls.slice(begun).filter(({ call }) => call === name).length;
  await poll(() => since("GET /v2/droplets")).toBeGreaterThan(3);
  expect(since(`GET /v2/droplets/${gone}`)).toBeLessThan(2);
  await end(id);
}, 60_000);

test("digitalocean pitfall 2: a used-up rate limit is written down for every worker", async () => {
  const providerId = await addProvider({ cloud_provider: "digital_ocean", access_token: EMULATED_TOKEN });
  const id = await makeEnvironment(providerId, "fra1", "s-1vcpu-1gb");
  await poll(() => states(id)).toEqual(LAUNCHED);
  ocean.behaviour.perMinute = 0;
  await poll(async () => (await row(providerId)).throttledUntil?.getTime()).toBeGreaterThan(Date.now());
  expect((await environment(id)).last_error).toMatch(/rate limit/i);
}, 60_000);

test("a cloud that another worker was told to leave alone is not called until then, and then everything goes on", async () => {
  const providerId = await addAmazon();
  const id = await makeEnvironment(providerId, "eu-west-1", "t3.small");
  await poll(() => states(id)).toEqual(LAUNCHED);
  const until = Date.now() + 7_000;
  await db()
    .update(providers)
    .set({ throttledUntil: new Date(until) })
    .where(eq(providers.id, providerId));
  await silence();
  await call("POST", `/environments/${id}/delete`);
  const asked = amazon.calls.length;
  await poll(() => Date.now() > until - 100, 8_000).toBe(true);
  expect(amazon.calls.slice(asked)).toEqual([]);
  await poll(async () => (await environment(id)).state).toBe("deleted");
}, 60_000);

/** Resolves once no call has come for a second: a round that was under way has ended. */
async function silence(): Promise<void> {
  let seen = -1;
  const same = () => {
    const before = seen;
    seen = amazon.calls.length;
    return before === seen;
  };
  await expect.poll(same, { timeout: 6_000, interval: 1_000 }).toBe(true);
}

const row = async (id: string) => (await db().select().from(providers).where(eq(providers.id, id)))[0]!;
