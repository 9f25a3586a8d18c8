import { DeleteVolumeCommand, DescribeVolumesCommand } from "@aws-sdk/client-ec2";
import { paged } from "../paged.ts";
import type { EnvironmentSpec } from "../provider.ts";
import { choicesOf, hasOwnNetwork } from "./choices.ts";
import { ask, type Ec2Session } from "./client.ts";
import { isNotFound } from "./errors.ts";
import { ensureGroup, removeGroups } from "./group.ts";
import { ensureKey, removeKeys } from "./key.ts";
import { instancesWhere, isAlive } from "./list.ts";
import { findNetwork } from "./network.ts";
import { makeOwnNetwork, removeOwnNetwork } from "./own-network.ts";
import { assertRegion } from "./regions.ts";
import { environmentFilters } from "./tags.ts";

/** The network where the settings ask for one, the key pair, and a security group with just the wanted rules. */
export async function prepare(
  session: Ec2Session,
  environment: EnvironmentSpec,
  report: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  await assertRegion(session, environment.region, signal);
  if (hasOwnNetwork(choicesOf(session, environment.choices))) {
    report(`making a network in ${environment.region}`);
    await makeOwnNetwork(session, environment, signal);
  }
  const network = await findNetwork(session, environment, signal);
  report(`network ${network.vpcId}, zones ${network.subnets.map((subnet) => subnet.zone).join(", ")}`);
  await Promise.all([
    ensureKey(session, environment, signal),
    ensureGroup(session, environment, network.vpcId, signal),
  ]);
  report("key pair and security group are in place");
}

/** Removes key, volumes, group and own network of the environment; false while AWS still holds on to any of it. */
export async function release(
  session: Ec2Session,
  environment: EnvironmentSpec,
  signal: AbortSignal,
): Promise<boolean> {
  await assertRegion(session, environment.region, signal);
  const servers = await instancesWhere(session, environment.region, environmentFilters(environment), signal);
  if (servers.some(isAlive)) return false;
  await removeKeys(session, environment, signal);
  const volumes = await removeVolumes(session, environment, signal);
  const groups = await removeGroups(session, environment, signal);
  if (!volumes || !groups) return false;
  return removeOwnNetwork(session, environment, signal);
}

/** Deletes the volumes that servers left behind; false where one is still attached. */
async function removeVolumes(session: Ec2Session, environment: EnvironmentSpec, signal: AbortSignal): Promise<boolean> {
  const client = session.ec2(environment.region);
  const Filters = environmentFilters(environment);
  const volumes = await paged(async (NextToken) => {
    const command = new DescribeVolumesCommand({ Filters, MaxResults: 500, NextToken });
    const answer = await ask(signal, (options) => client.send(command, options));
    return { items: answer.Volumes ?? [], next: answer.NextToken };
  });
  for (const { VolumeId, State } of volumes) {
    if (State !== "available") continue;
    await ask(signal, (options) => client.send(new DeleteVolumeCommand({ VolumeId }), options)).catch(
      (error: unknown) => {
        if (!isNotFound(error)) throw error;
      },
    );
  }
  return volumes.every(({ State }) => State === "available" || State === "deleting" || State === "deleted");
}
