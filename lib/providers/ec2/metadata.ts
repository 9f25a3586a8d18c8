import {
  type _InstanceType,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  type DescribeInstanceTypesRequest,
  type InstanceTypeInfo,
} from "@aws-sdk/client-ec2";
import { paged } from "../paged.ts";
import { inParallel } from "../parallel.ts";
import type { Metadata, Size } from "../provider.ts";
import { ask, type Ec2Session } from "./client.ts";
import { regions } from "./regions.ts";
import { HOME_REGION } from "./settings.ts";
import { familyOf, sizeOf } from "./sizes.ts";

const REGIONS_AT_ONCE = 4;
const TYPES_IN_A_CALL = 100;

/** Regions with their opt-in state, and every on-demand size with the regions that have it. Some thirty calls, all pages. */
export async function metadata(session: Ec2Session, signal: AbortSignal): Promise<Metadata> {
  const locations = await regions(session, signal);
  const open = Object.values(locations).filter((location) => location.available);
  const offered = new Map<string, string[]>();
  await inParallel(open, REGIONS_AT_ONCE, async ({ name }) => {
    for (const size of await offerings(session, name, signal)) offered.set(size, [...(offered.get(size) ?? []), name]);
  });
  const known = new Map((await types(session, HOME_REGION, {}, signal)).map((type) => [type.InstanceType!, type]));
  for (const [region, missing] of missingByRegion(offered, known)) {
    for (const type of await types(session, region, { InstanceTypes: missing }, signal))
      known.set(type.InstanceType!, type);
  }
  return { locations, sizes: families([...known.values()], offered, open.length) };
}

async function offerings(session: Ec2Session, region: string, signal: AbortSignal): Promise<string[]> {
  const client = session.ec2(region);
  const all = await paged(async (NextToken) => {
    const command = new DescribeInstanceTypeOfferingsCommand({ LocationType: "region", MaxResults: 1000, NextToken });
    const answer = await ask(signal, (options) => client.send(command, options));
    return { items: answer.InstanceTypeOfferings ?? [], next: answer.NextToken };
  });
  return all.map((one) => one.InstanceType ?? "");
}

/** Descriptions of the on-demand types of a region, of the named ones alone where some are named. */
export async function types(
  session: Ec2Session,
  region: string,
  wanted: Pick<DescribeInstanceTypesRequest, "InstanceTypes">,
  signal: AbortSignal,
): Promise<InstanceTypeInfo[]> {
  const client = session.ec2(region);
  const size = wanted.InstanceTypes ? {} : { MaxResults: 100 };
  const all = await paged(async (NextToken) => {
    const command = new DescribeInstanceTypesCommand({ ...wanted, ...size, NextToken });
    const answer = await ask(signal, (options) => client.send(command, options));
    return { items: answer.InstanceTypes ?? [], next: answer.NextToken };
  });
  return all.filter((type) => type.SupportedUsageClasses?.includes("on-demand"));
}

/** Sizes that the home region lacks, in chunks, each under a region that has them. */
function missingByRegion(offered: Map<string, string[]>, known: Map<string, unknown>): [string, _InstanceType[]][] {
  const byRegion = new Map<string, _InstanceType[]>();
  for (const [size, places] of offered) {
    if (!known.has(size) && places[0])
      byRegion.set(places[0], [...(byRegion.get(places[0]) ?? []), size as _InstanceType]);
  }
  return [...byRegion].flatMap(([region, sizes]) =>
    Array.from({ length: Math.ceil(sizes.length / TYPES_IN_A_CALL) }, (_, chunk): [string, _InstanceType[]] => [
      region,
      sizes.slice(chunk * TYPES_IN_A_CALL, (chunk + 1) * TYPES_IN_A_CALL),
    ]),
  );
}

function families(types: InstanceTypeInfo[], offered: Map<string, string[]>, open: number): Metadata["sizes"] {
  const sizes: Record<string, Record<string, Size>> = {};
  for (const type of types) {
    const size = sizeOf(type);
    const places = offered.get(type.InstanceType ?? "") ?? [];
    if (!size || places.length === 0) continue;
    const family = familyOf(size.id);
    sizes[family] ??= {};
    sizes[family][size.id] = places.length === open ? size : { ...size, regions: places.toSorted() };
  }
  return sizes;
}
