import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { digitalOceanProvider } from "#lib/providers/digitalocean/digitalocean.ts";
import type { PlanRequest } from "#lib/providers/provider.ts";
import {
  type DigitalOceanEmulator,
  EMULATED_TOKEN,
  startDigitalOceanEmulator,
} from "../emulators/digitalocean/emulator.ts";
import { regionOf } from "../emulators/ec2/build-region.ts";
import type { Ec2Emulator } from "../emulators/ec2/emulator.ts";
import { countCalls, freshProvider, prepared, signal, specsFor, startCloud } from "./ec2-bench.ts";

describe("a plan on EC2", () => {
  let cloud: Ec2Emulator;
  beforeEach(async () => {
    cloud = await startCloud();
  });
  afterEach(() => cloud.close());

  const plan = (servers: Record<string, number>, more: Partial<PlanRequest> = {}) =>
    freshProvider().plan({ region: "eu-west-1", choices: {}, servers, ...more }, signal());
  const kinds = async (choices: PlanRequest["choices"]) =>
    Object.fromEntries((await plan({ "t3.small": 3 }, { choices })).resources.map(({ kind, count }) => [kind, count]));

  test("names every resource, with the choices that were made, and makes none", async () => {
    expect(await kinds({})).toEqual({ server: 3, volume: 3, firewall: 1, key: 1 });
    expect(await kinds({ network: "own" })).toMatchObject({ network: 1, subnet: 3, gateway: 1 });
    const { resources } = await plan({ "t3.small": 1, "t4g.micro": 2 }, { choices: { diskGib: 50 } });
    expect(resources.map(({ title }) => title)).toContain("t4g.micro, debian-12 for arm64");
    expect(resources.find(({ kind }) => kind === "volume")).toMatchObject({ count: 3, gib: 50 });
    const changing = Object.keys(countCalls(cloud)).filter((action) => !/^(Describe|Get)/.test(action));
    expect(changing).toEqual([]);
  });

  test("counts vCPUs against the quota of each family, with all that runs in the account; unread quotas are left out", async () => {
    const provider = freshProvider();
    const environment = await prepared(provider);
    await provider.launch(environment, specsFor(environment, 5), signal());
    cloud.behaviour.vcpuQuota = 16;
    const { quotas } = await plan({ "t3.small": 4, "c5.large": 1 });
    expect(quotas).toEqual([
      { name: expect.stringContaining("Standard"), code: "L-1216C47A", unit: "vCPUs", limit: 16, used: 10, wanted: 10 },
    ]);
    const accelerated = await plan({ "p3.2xlarge": 1 }, { region: "us-west-2" });
    expect(accelerated.quotas).toEqual([
      { name: "Running On-Demand P instances", code: "L-417A185B", unit: "vCPUs", limit: 64, used: 0, wanted: 8 },
    ]);
    cloud.behaviour.denied.add("servicequotas:GetServiceQuota");
    expect((await plan({ "t3.small": 1 })).quotas).toEqual([]);
  });

  test("a size that the chosen place lacks has the nearest that are there", async () => {
    cloud.behaviour.unsupported.add("eu-west-1a/t3.small");
    expect((await plan({ "t3.small": 1 })).unavailable).toEqual([]);
    const region = regionOf(cloud.state, cloud.state.accounts[0]!, "eu-west-1");
    const subnet = [...region.subnets.values()].find(({ zone }) => zone === "eu-west-1a")!.id;
    const { unavailable } = await plan({ "t3.small": 1, "t3.medium": 1 }, { choices: { subnet } });
    expect(unavailable).toEqual([{ size: "t3.small", where: "eu-west-1a", alternatives: expect.any(Array) }]);
    const alternatives = unavailable[0]?.alternatives;
    expect(alternatives).toHaveLength(5);
    expect(alternatives?.slice(0, 2)).toContain("t3.medium");
    expect(alternatives).not.toContain("t4g.micro");
  });

  test("a place that does not exist is invalid, in the words of a launch", async () => {
    await expect(plan({ "t3.small": 1 }, { choices: { subnet: "subnet-0" } })).rejects.toMatchObject({
      code: "invalid",
      message: "There is no subnet subnet-0 in eu-west-1.",
    });
    await cloud.close();
    cloud = await startCloud({ defaultVpc: false });
    await expect(plan({ "t3.small": 1 })).rejects.toThrow(/no default VPC/);
    expect((await plan({ "t3.small": 1 }, { choices: { network: "own" } })).unavailable).toEqual([]);
  });

  test("a region's prices have that of a disk", async () => {
    expect((await freshProvider().prices!("eu-west-1", signal()))?.diskGibMonth).toBe(0.08);
  });
});

describe("a plan on DigitalOcean", () => {
  let cloud: DigitalOceanEmulator;
  beforeEach(async () => {
    cloud = await startDigitalOceanEmulator({ dropletLimit: 3 });
    process.env.CLOUDHERO_DIGITALOCEAN_ENDPOINT = cloud.url;
  });
  afterEach(() => cloud.close());

  test("has the droplet limit, and the nearest of a size that the region lacks", async () => {
    const provider = digitalOceanProvider({ access_token: EMULATED_TOKEN });
    const servers = { "s-1vcpu-1gb": 4, "g-2vcpu-8gb": 1 };
    const { resources, quotas, unavailable } = await provider.plan({ region: "fra1", choices: {}, servers }, signal());
    expect(resources.map(({ kind }) => kind)).toEqual(["server", "server", "firewall", "key"]);
    expect(quotas).toEqual([{ name: "Droplets of the account", unit: "droplets", limit: 3, used: 0, wanted: 5 }]);
    expect(unavailable).toEqual([{ size: "g-2vcpu-8gb", where: "fra1", alternatives: expect.any(Array) }]);
    expect(unavailable[0]!.alternatives.slice(0, 3)).toContain("m-2vcpu-16gb");
    expect(cloud.calls.every(({ call }) => call.startsWith("GET "))).toBe(true);
  });
});
