import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { type Account, seedAccount } from "#tests/support/account.ts";
import { seedApplication } from "#tests/support/environment.ts";
import { startTestServer, type TestServer } from "#tests/support/server.ts";
import {
  type DigitalOceanEmulator,
  EMULATED_TOKEN,
  startDigitalOceanEmulator,
} from "../../emulators/digitalocean/emulator.ts";
import { type Ec2Emulator, EMULATED_KEY, startEc2Emulator } from "../../emulators/ec2/emulator.ts";

const HOURS = 730;
let server: TestServer;
let amazon: Ec2Emulator;
let ocean: DigitalOceanEmulator;
let team: Account;

beforeAll(async () => {
  amazon = await startEc2Emulator({ consistencyLagMs: 0 });
  ocean = await startDigitalOceanEmulator({ dropletLimit: 3 });
  process.env.CLOUDHERO_EC2_ENDPOINT = amazon.url;
  process.env.CLOUDHERO_DIGITALOCEAN_ENDPOINT = ocean.url;
  server = await startTestServer();
  team = await seedAccount();
});
beforeEach(() => {
  amazon.behaviour.denied.clear();
  amazon.behaviour.unsupported.clear();
});
afterAll(async () => {
  await server.close();
  await amazon.close();
  await ocean.close();
});

const call = (method: string, path: string, body?: unknown) => server.call(method, path, { token: team.token, body });

async function add(fields: object): Promise<string> {
  const answer = await call("POST", "/providers", { provider_name: newId(), ...fields });
  expect(answer.status, answer.text).toBe(200);
  return [answer.body].flat()[0].id;
}
const addAmazon = (more: object = {}) => add({ cloud_provider: "ec2", ...EMULATED_KEY, ...more });
const addOcean = () => add({ cloud_provider: "digital_ocean", access_token: EMULATED_TOKEN });

const wish = (provider_id: string, region: string, sizes: string[], more: object = {}) => ({
  provider_id,
  region,
  environment: "staging",
  nodes: sizes.map((size, index) => ({ name: `node-${index}`, size })),
  ...more,
});
const plan = (...given: Parameters<typeof wish>) => call("POST", "/environments/plan", wish(...given));

describe("a plan", () => {
  test("on EC2 has every resource with its price per hour and month, and the quota; nothing is made", async () => {
    const id = await addAmazon();
    const { sizes } = (await call("GET", `/providers/${id}/meta?region=eu-west-1`)).body;
    const hourly: number = sizes["General Purpose"]["t3.small"].pricePerHour;
    const from = amazon.calls.length;
    const answer = await plan(id, "eu-west-1", ["t3.small", "t3.small"], { disk_gib: 40, network: "own" });
    expect(answer.status, answer.text).toBe(200);
    const { resources, price_per_hour, price_per_month, quotas, nodes, warnings } = answer.body;
    expect(resources.map(({ kind, count }: { kind: string; count: number }) => [kind, count])).toEqual([
      ["server", 2],
      ["volume", 2],
      ["firewall", 1],
      ["key", 1],
      ["network", 1],
      ["subnet", 3],
      ["gateway", 1],
    ]);
    expect(nodes[0].price_per_hour).toBe(hourly);
    expect(price_per_month).toBeCloseTo(2 * hourly * HOURS + 2 * 40 * 0.08, 6);
    expect(price_per_hour).toBeCloseTo(price_per_month / HOURS, 6);
    expect(quotas).toMatchObject([{ code: "L-1216C47A", unit: "vCPUs", wanted: 4, enough: true }]);
    expect(warnings).toEqual(["A stopped server is not billed; its volume is."]);
    expect(answer.body).toMatchObject({ image: "debian-12", network: "own", subnet: null, disk_gib: 40 });
    const changing = amazon.calls.slice(from).filter(({ action }) => !/^(Describe|Get)/.test(action));
    expect(changing).toEqual([]);
  });

  test("has no price where the key may not read prices, and none is made up", async () => {
    amazon.behaviour.denied.add("pricing:GetProducts");
    const { body } = await plan(await addAmazon({ disk_gib: "30" }), "us-east-2", ["t3.small"]);
    expect(Object.keys(body)).not.toContain("price_per_hour");
    expect(body.nodes[0]).not.toHaveProperty("price_per_hour");
    expect(body.resources).toContainEqual({ kind: "server", title: expect.any(String), count: 1 });
  });

  test("of more than the quota has room for says so; on DigitalOcean with the monthly price that caps the hours", async () => {
    const { body } = await plan(await addOcean(), "fra1", ["s-1vcpu-1gb", "s-1vcpu-1gb", "s-1vcpu-1gb", "s-1vcpu-1gb"]);
    expect(body.price_per_month).toBe(24);
    expect(body.quotas).toMatchObject([{ limit: 3, used: 0, wanted: 4, enough: false }]);
    expect(body.warnings[0]).toBe("Droplets of the account: 4 more wanted, 3 of 3 droplets are free.");
  });

  test("of a size that the place lacks is 422 with the nearest; of a place that is not, 422 too", async () => {
    const id = await addAmazon();
    await plan(id, "eu-central-1", ["t3.small"]);
    const zones = amazon.state.accounts[0]!.regions.get("eu-central-1")!.info.zones;
    for (const zone of zones.slice(0, -1)) amazon.behaviour.unsupported.add(`${zone}/c5.large`);
    const subnets = amazon.state.accounts[0]!.regions.get("eu-central-1")!.subnets;
    const subnet = [...subnets.values()].find(({ zone }) => zone === zones[0])!.id;
    const lacking = await plan(id, "eu-central-1", ["t3.small", "c5.large"], { subnet });
    expect([lacking.status, lacking.body.errors.length, lacking.body.errors[0].field]).toEqual([
      422,
      1,
      "nodes[1].size",
    ]);
    expect(lacking.body.errors[0].message).toMatch(/^There is no c5\.large in eu-central-1a; the nearest there are \w/);
    const nowhere = await plan(id, "eu-central-1", ["t3.small"], { subnet: "subnet-0" });
    expect([nowhere.status, nowhere.body.errors[0].field]).toEqual([422, "subnet"]);
  });
});

test("an environment says what it costs running and stopped, without asking the cloud", async () => {
  const id = await addAmazon({ disk_gib: "25" });
  await plan(id, "eu-west-1", ["t3.small"]);
  const application = await seedApplication(team.ctx);
  const made = await call(
    "POST",
    `/applications/${application}/environments`,
    wish(id, "eu-west-1", ["t3.small", "t3.small"]),
  );
  const asked = amazon.calls.length;
  const { body } = await call("GET", `/environments/${made.body.environment}`);
  expect(body.stopped_price_per_month).toBeCloseTo(2 * 25 * 0.08, 6);
  expect(body.price_per_month).toBeGreaterThan(body.stopped_price_per_month);
  expect(amazon.calls).toHaveLength(asked);

  const ocean = await addOcean();
  await plan(ocean, "fra1", ["s-1vcpu-1gb"]);
  const droplets = await call("POST", `/applications/${application}/environments`, {
    ...wish(ocean, "fra1", ["s-1vcpu-1gb"]),
    environment: "ocean",
  });
  const seen = (await call("GET", `/environments/${droplets.body.environment}`)).body;
  expect([seen.price_per_month, seen.stopped_price_per_month]).toEqual([6, 6]);
});
