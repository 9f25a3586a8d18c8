import type { Instance } from "@aws-sdk/client-ec2";
import { viewKnown } from "../known.ts";
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
  const ids = known.map(({ id }) => id);
  const found: Instance[] = [];
  for (let start = 0; start < ids.length; start += IDS_IN_A_CALL) {
    const byId = { Name: "instance-id", Values: ids.slice(start, start + IDS_IN_A_CALL) };
    found.push(...(await instancesWhere(session, region, [byId, aliveFilter], signal)));
  }
  const idOf = ({ InstanceId }: Instance) => InstanceId ?? "";
  return viewKnown(known, found, idOf, (instance, environmentId) => ({
    ...toServer(instance),
    lacks: lackedTags(instance, owner, environmentId),
  }));
}
