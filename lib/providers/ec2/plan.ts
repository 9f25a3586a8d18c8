import type { CloudPlan, PlannedResource, PlanRequest } from "../provider.ts";
import { type Choices, choicesOf, hasOwnNetwork } from "./choices.ts";
import type { Ec2Session } from "./client.ts";
import { findSharedNetwork } from "./network.ts";
import { ownNetworkZones } from "./own-network.ts";
import { quotasFor } from "./quotas.ts";
import { assertRegion } from "./regions.ts";
import { architectureIn } from "./size-in-region.ts";
import { unavailableSizes } from "./unavailable-sizes.ts";

/** What an environment would be made of in a region, what of it cannot be had there, and the quotas it counts against. */
export async function plan(session: Ec2Session, request: PlanRequest, signal: AbortSignal): Promise<CloudPlan> {
  const { region, servers } = request;
  await assertRegion(session, region, signal);
  const choices = choicesOf(session, request.choices);
  const zones = hasOwnNetwork(choices)
    ? await ownNetworkZones(session, region, signal)
    : (await findSharedNetwork(session, region, choices, signal)).subnets.map(({ zone }) => zone);
  const [machines, unavailable, quotas] = await Promise.all([
    serversOf(session, request, choices, signal),
    unavailableSizes(session, region, Object.keys(servers), zones, signal),
    quotasFor(session, region, servers, signal),
  ]);
  return { resources: [...machines, ...groundOf(servers, choices, zones)], quotas, unavailable };
}

function serversOf(
  session: Ec2Session,
  { region, servers }: PlanRequest,
  { image }: Choices,
  signal: AbortSignal,
): Promise<PlannedResource[]> {
  return Promise.all(
    Object.entries(servers).map(async ([size, count]): Promise<PlannedResource> => {
      const architecture = await architectureIn(session, region, size, signal);
      return { kind: "server", title: `${size}, ${image} for ${architecture}`, count, size };
    }),
  );
}

/** What servers stand on. */
function groundOf(servers: Record<string, number>, choices: Choices, zones: string[]): PlannedResource[] {
  const count = Object.values(servers).reduce((sum, one) => sum + one, 0);
  const gib = choices.diskGib;
  const network: PlannedResource[] = [
    { kind: "network", title: "VPC of its own", count: 1 },
    { kind: "subnet", title: `one in each of ${zones.join(", ")}`, count: zones.length },
    { kind: "gateway", title: "internet gateway", count: 1 },
  ];
  return [
    { kind: "volume", title: `${gib} GiB gp3, encrypted`, count, gib },
    { kind: "firewall", title: "security group", count: 1 },
    { kind: "key", title: "key pair", count: 1 },
    ...(hasOwnNetwork(choices) ? network : []),
  ];
}
