import type { Ec2Emulator } from "./emulator.ts";
import type { Region } from "./world.ts";

/** Takes all tags off an instance, as somebody may in the console; answers what puts them back. */
export function stripTags(cloud: Ec2Emulator, id: string): () => void {
  const instance = regionsOf(cloud)
    .flatMap(({ instances }) => [...instances.values()])
    .find((one) => one.id === id)!;
  const before = instance.tags;
  instance.tags = new Map();
  return () => {
    instance.tags = before;
  };
}

const HELD = ["volumes", "interfaces", "vpcs", "subnets", "gateways", "groups", "keyPairs"] as const;

/** Every region that was used. */
export function regionsOf(cloud: Ec2Emulator): Region[] {
  return cloud.state.accounts.flatMap((account) => [...account.regions.values()]);
}

/** Ids of all that is still there and carries the tag, with any value unless one is given; terminated instances are not. */
export function taggedResources(cloud: Ec2Emulator, key: string, value?: string): string[] {
  return regionsOf(cloud).flatMap((region) => {
    const alive = [...region.instances.values()].filter((one) => one.state !== "terminated");
    const all = [...alive, ...HELD.flatMap((name) => [...region[name].values()])];
    const carries = (tag: string | undefined) => (value === undefined ? tag !== undefined : tag === value);
    return all.filter((one) => carries(one.tags.get(key))).map((one) => one.id);
  });
}
