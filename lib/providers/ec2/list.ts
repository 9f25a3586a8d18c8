import { DescribeInstancesCommand, type Filter, type Instance } from "@aws-sdk/client-ec2";
import { paged } from "../paged.ts";
import type { Owner, Server, ServerState } from "../provider.ts";
import { ask, type Ec2Session } from "./client.ts";
import { assertRegion } from "./regions.ts";
import { ENVIRONMENT, nodeOf, ownerFilters, tagOf } from "./tags.ts";

const ALIVE: ServerState[] = ["pending", "running", "stopping", "stopped", "shutting-down"];
export const aliveFilter: Filter = { Name: "instance-state-name", Values: ALIVE };

/** Every server of the owner in the region that is not terminated; one listing for all environments. */
export async function list(session: Ec2Session, region: string, owner: Owner, signal: AbortSignal): Promise<Server[]> {
  await assertRegion(session, region, signal);
  const found = await instancesWhere(session, region, [...ownerFilters(owner), aliveFilter], signal);
  return found.map(toServer);
}

/** Instances that pass all of the filters, all pages; empty reservations are nothing. */
export function instancesWhere(
  session: Ec2Session,
  region: string,
  Filters: Filter[],
  signal: AbortSignal,
): Promise<Instance[]> {
  const client = session.ec2(region);
  return paged(async (NextToken) => {
    const command = new DescribeInstancesCommand({ Filters, MaxResults: 1000, NextToken });
    const answer = await ask(signal, (options) => client.send(command, options));
    return { items: (answer.Reservations ?? []).flatMap((one) => one.Instances ?? []), next: answer.NextToken };
  });
}

export const isAlive = (instance: Instance) => ALIVE.includes(stateOf(instance) as ServerState);

export function stateOf(instance: Instance): ServerState | "terminated" {
  return instance.State?.Name ?? "pending";
}

export function toServer(instance: Instance): Server {
  return {
    id: instance.InstanceId ?? "",
    name: tagOf(instance, "Name") ?? "",
    state: stateOf(instance) as ServerState,
    publicIp: instance.PublicIpAddress || null,
    privateIp: instance.PrivateIpAddress || null,
    zone: instance.Placement?.AvailabilityZone || null,
    image: instance.ImageId ?? "",
    size: instance.InstanceType ?? "",
    endpoints: {},
    environmentId: tagOf(instance, ENVIRONMENT) ?? "",
    nodeId: nodeOf(instance)?.nodeId ?? "",
    attempt: nodeOf(instance)?.attempt ?? "",
    createdAt: instance.LaunchTime ?? null,
  };
}
