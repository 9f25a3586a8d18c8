import type { KnownServer, Owner, Server } from "../provider.ts";
import type { Ec2Session } from "./client.ts";
import { aliveFilter, instancesWhere, toServer } from "./list.ts";
import { assertRegion } from "./regions.ts";
import { lackedTags } from "./tags.ts";

/** A filter takes no more values: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html */
const IDS_IN_A_CALL = 200;

/** Instances by their ids. A filter, unlike a list of ids, is not refused for one that AWS does not know. */
export async function find(
  session: Ec2Session,
  region: string,
  owner: Owner,
  known: KnownServer[],
  signal: AbortSignal,
): Promise<Server[]> {
  await assertRegion(session, region, signal);
  const environments = new Map(known.map(({ id, environmentId }) => [id, environmentId]));
  const ids = [...environments.keys()];
  const servers: Server[] = [];
  for (let start = 0; start < ids.length; start += IDS_IN_A_CALL) {
    const byId = { Name: "instance-id", Values: ids.slice(start, start + IDS_IN_A_CALL) };
    for (const instance of await instancesWhere(session, region, [byId, aliveFilter], signal)) {
      const server = toServer(instance);
      servers.push({ ...server, lacks: lackedTags(instance, owner, environments.get(server.id) ?? "") });
    }
  }
  return servers;
}
