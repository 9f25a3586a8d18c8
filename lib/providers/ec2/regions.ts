import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { type Location, ProviderError } from "../provider.ts";
import { ask, type Ec2Session, remember } from "./client.ts";
import { HOME_REGION } from "./settings.ts";

const REGIONS_TTL_MS = 10 * 60_000;

/** Every region that the account could use, those it has yet to enable among them. */
export async function regions(session: Ec2Session, signal: AbortSignal): Promise<Record<string, Location>> {
  const command = new DescribeRegionsCommand({ AllRegions: true });
  const answer = await ask(signal, (options) => session.ec2(HOME_REGION).send(command, options));
  const locations = (answer.Regions ?? []).map(({ RegionName, Endpoint, OptInStatus }) => ({
    name: RegionName ?? "",
    endpoint: Endpoint ?? "",
    available: OptInStatus !== "not-opted-in",
  }));
  return Object.fromEntries(locations.map((location) => [location.name, location]));
}

/** Throws "invalid" for a region that is not AWS's, or that the account has not enabled: there, good keys look bad. */
export async function assertRegion(session: Ec2Session, region: string, signal: AbortSignal): Promise<void> {
  const known = await remember(session, "regions", REGIONS_TTL_MS, () => regions(session, signal));
  const location = known[region];
  if (!location) throw new ProviderError("invalid", `EC2 has no region ${region}.`);
  if (location.available) return;
  session.memory.delete("regions");
  throw new ProviderError(
    "invalid",
    `The region ${region} is not enabled for this AWS account; enable it in the AWS console first.`,
  );
}
