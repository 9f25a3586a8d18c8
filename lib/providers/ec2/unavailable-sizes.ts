import type { InstanceTypeInfo } from "@aws-sdk/client-ec2";
import { nearestSizes, type Shape } from "../nearest-sizes.ts";
import type { CloudPlan } from "../provider.ts";
import { type Ec2Session, remember } from "./client.ts";
import { types } from "./metadata.ts";
import { sizesInZone, zonesWith } from "./size-in-region.ts";
import { architectureOf } from "./sizes.ts";

const TTL_MS = 60 * 60_000;

/** Those of the sizes that none of the zones has, with the nearest that one of them has. */
export async function unavailableSizes(
  session: Ec2Session,
  region: string,
  sizes: string[],
  zones: string[],
  signal: AbortSignal,
): Promise<CloudPlan["unavailable"]> {
  const unavailable: CloudPlan["unavailable"] = [];
  for (const size of sizes) {
    const has = await zonesWith(session, region, size, signal);
    if (zones.some((zone) => has.has(zone))) continue;
    const alternatives = await alternativesTo(session, region, size, zones, signal);
    unavailable.push({ size, where: zones.join(", "), alternatives });
  }
  return unavailable;
}

async function alternativesTo(
  session: Ec2Session,
  region: string,
  size: string,
  zones: string[],
  signal: AbortSignal,
): Promise<string[]> {
  const all = await remember(session, `shapes ${region}`, TTL_MS, async () =>
    (await types(session, region, {}, signal)).map(shapeOf),
  );
  const wanted = all.find(({ id }) => id === size);
  if (!wanted) return [];
  const offered = new Set<string>();
  for (const zone of zones) for (const one of await sizesInZone(session, region, zone, signal)) offered.add(one);
  return nearestSizes(
    wanted,
    all.filter(({ id }) => offered.has(id)),
  );
}

const shapeOf = (type: InstanceTypeInfo): Shape => ({
  id: type.InstanceType ?? "",
  cores: type.VCpuInfo?.DefaultVCpus ?? 0,
  gib: (type.MemoryInfo?.SizeInMiB ?? 0) / 1024,
  architecture: architectureOf(type) ?? undefined,
});
