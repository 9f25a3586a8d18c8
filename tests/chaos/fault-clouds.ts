import { nodeOf } from "#lib/providers/digitalocean/tags.ts";
import { hollowBacking } from "../emulators/backing/hollow.ts";
import { settle as settleDroplets } from "../emulators/digitalocean/droplets.ts";
import { EMULATED_TOKEN, startDigitalOceanEmulator } from "../emulators/digitalocean/emulator.ts";
import { EMULATED_KEY, startEc2Emulator } from "../emulators/ec2/emulator.ts";
import { regionsOf, taggedResources } from "../emulators/ec2/inspect.ts";
import type { Sight } from "./fault-story.ts";

/** Of all calls, so many fail; and of those, so many have had their effect all the same. */
const FAILING = 0.3;
const EFFECTIVE = 0.5;

/** An emulated cloud whose calls fail at random, and what can be asked of it behind the API's back. */
export type FaultyCloud = {
  provider: object;
  region: string;
  size: string;
  sight: Sight;
  /** Ids of everything of ours that is still there. */
  left(): string[];
  calls(): { all: number; failed: number };
  /** Calls fail from here on, and are counted. */
  spoil(seed: number): void;
  close(): Promise<void>;
};

export async function faultyEc2(): Promise<FaultyCloud> {
  const backing = hollowBacking();
  const cloud = await startEc2Emulator({ backing, throttling: false, vcpuQuota: 1e6 });
  process.env.CLOUDHERO_EC2_ENDPOINT = cloud.url;
  const alive = () =>
    regionsOf(cloud).flatMap((region) => [...region.instances.values()].filter(({ state }) => state !== "terminated"));
  return {
    provider: { cloud_provider: "ec2", ...EMULATED_KEY },
    region: "us-east-1",
    size: "t3.small",
    sight: (id) =>
      alive()
        .filter(({ tags, state, next }) => tags.get("cloudhero:environment") === id && !isGoing(state, next))
        .map(({ id, tags, state }) => ({ id, name: tags.get("Name") ?? "", state })),
    left: () => taggedResources(cloud, "cloudhero:installation"),
    calls: () => ({
      all: cloud.calls.length,
      failed: cloud.calls.filter(({ code }) => code?.startsWith("fault:")).length,
    }),
    spoil(seed) {
      cloud.calls.length = 0;
      cloud.faults.random(FAILING, EFFECTIVE, seed);
    },
    async close() {
      await cloud.close();
      await backing.close();
    },
  };
}

/** On its way out, and not yet looked at by anybody. */
const isGoing = (state: string, next: { state: string } | null) =>
  state === "shutting-down" || next?.state === "terminated";

export async function faultyDigitalOcean(): Promise<FaultyCloud> {
  const backing = hollowBacking();
  const limits = { perMinute: 1e6, perHour: 1e7, dropletLimit: 10_000 };
  const cloud = await startDigitalOceanEmulator({ backing, actionMs: 100, bootMs: 200, ...limits });
  process.env.CLOUDHERO_DIGITALOCEAN_ENDPOINT = cloud.url;
  const { droplets, firewalls, keys, tags } = cloud.state;
  const states: Record<string, string> = { active: "running", off: "stopped", new: "pending" };
  return {
    provider: { cloud_provider: "digital_ocean", access_token: EMULATED_TOKEN },
    region: "fra1",
    size: "s-1vcpu-1gb",
    sight(id) {
      settleDroplets(cloud.state);
      return [...droplets.values()]
        .filter((droplet) => nodeOf(droplet)?.environmentId === id)
        .map(({ id, name, status }) => ({ id: String(id), name, state: states[status] ?? status }));
    },
    // The owner's own tag stays: it is on nothing, and to remove it could untag a droplet that is just being made.
    left: () => [
      ...[droplets, firewalls, keys].flatMap((one) => [...one.keys()].map(String)),
      ...[...tags].filter((tag) => /^cloudhero:(environment|node):/.test(tag)),
    ],
    calls: () => ({ all: cloud.calls.length, failed: cloud.calls.filter(({ status }) => status === 0).length }),
    spoil(seed) {
      cloud.calls.length = 0;
      cloud.faults.random(FAILING, EFFECTIVE, seed);
    },
    async close() {
      await cloud.close();
      await backing.close();
    },
  };
}
