import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { digitalOceanProvider } from "#lib/providers/digitalocean/digitalocean.ts";
import {
  type DigitalOceanEmulator,
  EMULATED_TOKEN,
  startDigitalOceanEmulator,
} from "../emulators/digitalocean/emulator.ts";

const signal = () => AbortSignal.timeout(15_000);
const settings = { access_token: EMULATED_TOKEN };
let cloud: DigitalOceanEmulator;

beforeAll(async () => {
  cloud = await startDigitalOceanEmulator();
  process.env.CLOUDHERO_DIGITALOCEAN_ENDPOINT = cloud.url;
});
beforeEach(() => {
  cloud.faults.clear();
  Object.assign(cloud.behaviour, { scopes: null, accountStatus: "active" });
});
afterAll(() => cloud.close());

describe("a DigitalOcean token", () => {
  test("is verified by whose it is: its team's, whose droplets it sees, else its user's", async () => {
    const { team } = cloud.behaviour;
    const description = "emulated@example.com, up to 100 droplets";
    expect(await digitalOceanProvider(settings).verify(signal())).toEqual({ account: team, description });
    cloud.behaviour.team = null;
    const account = "b6fr89dbf6d9156cace5f3c78dc9851d957381ef";
    expect(await digitalOceanProvider(settings).verify(signal())).toEqual({ account, description });
    cloud.behaviour.team = team;
  });

  test("that is wrong is unauthorized, and no error carries it", async () => {
    const wrong = digitalOceanProvider({ access_token: "dop_v1_secret" });
    const error = await wrong.verify(signal()).catch((one: unknown) => one);
    expect(error).toMatchObject({ code: "unauthorized", retryable: false });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("dop_v1_secret");
  });

  test("is not blamed when the cloud is away", async () => {
    cloud.faults.inject("GET /v2/account", { effect: false, answer: "drop" }, 3);
    const provider = digitalOceanProvider(settings);
    await expect(provider.verify(signal())).rejects.toMatchObject({ code: "unreachable", retryable: true });
    cloud.faults.inject("GET /v2/account", { effect: false, answer: "error" }, 3);
    await expect(provider.verify(signal())).rejects.toMatchObject({ code: "internal", retryable: true });
    cloud.faults.inject("GET /v2/account", { effect: false, answer: "error" }, 2);
    expect((await provider.verify(signal())).account).not.toBe("");
  });

  test("digitalocean pitfall 4: a locked account is refused in DigitalOcean's words, a warned one says so", async () => {
    cloud.behaviour.accountStatus = "locked";
    await expect(digitalOceanProvider(settings).verify(signal())).rejects.toThrow(/locked.*billing details/);
    cloud.behaviour.accountStatus = "warning";
    expect((await digitalOceanProvider(settings).verify(signal())).description).toMatch(/warns: .*billing details/);
  });

  test("digitalocean pitfall 13: a scoped token without region or size reads is told which one it lacks", async () => {
    cloud.behaviour.scopes = new Set(["account:read", "regions:read", "droplet:read"]);
    await expect(digitalOceanProvider(settings).verify(signal())).rejects.toThrow(/lacks the scope sizes:read/);
  });
});

describe("metadata", () => {
  test("digitalocean pitfall 3: lists every page, whatever size pages are", async () => {
    cloud.behaviour.pageLimit = 2;
    const { locations, sizes } = await digitalOceanProvider(settings).metadata(signal());
    cloud.behaviour.pageLimit = 200;
    expect(Object.keys(locations)).toHaveLength(6);
    expect(locations.nyc2?.available).toBe(false);
    expect(sizes.Basic?.["s-1vcpu-1gb"]).toEqual({
      id: "s-1vcpu-1gb",
      cores: "1",
      ram: "1 GiB",
      disk: "SSD (1 x 25)",
      architecture: "amd64",
      pricePerHour: 0.00893,
      pricePerMonth: 6,
      regions: ["ams3", "fra1", "nyc1", "nyc3", "sgp1"],
    });
    expect(sizes["Memory-Optimized"]?.["m-2vcpu-16gb"]?.regions).toEqual(["fra1", "nyc3"]);
  });

  test("digitalocean pitfall 5: a size that is out of stock is not offered", async () => {
    cloud.behaviour.soldOut.add("c-2");
    const { sizes } = await digitalOceanProvider(settings).metadata(signal());
    cloud.behaviour.soldOut.clear();
    expect(sizes["CPU-Optimized"]?.["c-2"]).toBeUndefined();
  });
});
