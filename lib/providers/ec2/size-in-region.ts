import { type _InstanceType, DescribeInstanceTypeOfferingsCommand } from "@aws-sdk/client-ec2";
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
export function zonesWith(
  session: Ec2Session,
  region: string,
  size: string,
  signal: AbortSignal,
): Promise<Set<string>> {
  return remember(session, `zones ${region} ${size}`, TTL_MS, async () => {
    const offerings = await paged(async (NextToken) => {
      const command = new DescribeInstanceTypeOfferingsCommand({
        LocationType: "availability-zone",
        Filters: [{ Name: "instance-type", Values: [size] }],
        NextToken,
      });
      const answer = await ask(signal, (options) => session.ec2(region).send(command, options));
      return { items: answer.InstanceTypeOfferings ?? [], next: answer.NextToken };
    });
    return new Set(offerings.map(({ Location }) => Location ?? ""));
  });
}
