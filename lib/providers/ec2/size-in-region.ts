import { type _InstanceType, DescribeInstanceTypeOfferingsCommand, type Filter } from "@aws-sdk/client-ec2";
import { paged } from "../paged.ts";
import { ProviderError } from "../provider.ts";
import { ask, type Ec2Session, remember } from "./client.ts";
import { awsCode } from "./errors.ts";
import { types } from "./metadata.ts";
import { architectureOf } from "./sizes.ts";

const TTL_MS = 60 * 60_000;

/** The architecture that a size boots; throws "invalid" for a size that the region does not have. */
export function architectureIn(session: Ec2Session, region: string, size: string, signal: AbortSignal) {
  return remember(session, `architecture ${region} ${size}`, TTL_MS, async () => {
    const found = await types(session, region, { InstanceTypes: [size as _InstanceType] }, signal).catch(
      (error: unknown) => {
        if (awsCode(error) === "InvalidInstanceType") return [];
        throw error;
      },
    );
    const architecture = found[0] && architectureOf(found[0]);
    if (!architecture) throw new ProviderError("invalid", `${region} has no size ${size} that runs our images.`);
    return architecture;
  });
}

/** The zones of a region that have a size. */
export async function zonesWith(
  session: Ec2Session,
  region: string,
  size: string,
  signal: AbortSignal,
): Promise<Set<string>> {
  const offerings = await offered(session, region, { Name: "instance-type", Values: [size] }, signal);
  return new Set(offerings.map(({ Location }) => Location ?? ""));
}

/** The sizes that a zone has. */
export async function sizesInZone(
  session: Ec2Session,
  region: string,
  zone: string,
  signal: AbortSignal,
): Promise<string[]> {
  const offerings = await offered(session, region, { Name: "location", Values: [zone] }, signal);
  return offerings.map(({ InstanceType }) => InstanceType ?? "");
}

function offered(session: Ec2Session, region: string, filter: Filter, signal: AbortSignal) {
  const Filters = [filter];
  return remember(session, `zones ${region} ${filter.Values}`, TTL_MS, () =>
    paged(async (NextToken) => {
      const wanted = { LocationType: "availability-zone", Filters, NextToken } as const;
      const command = new DescribeInstanceTypeOfferingsCommand(wanted);
      const answer = await ask(signal, (options) => session.ec2(region).send(command, options));
      return { items: answer.InstanceTypeOfferings ?? [], next: answer.NextToken };
    }),
  );
}
