import type { Context } from "#lib/context.ts";
import { invalid } from "#lib/errors.ts";
import { change, see } from "./ask.ts";
import { stackLabel } from "./compose/stack.ts";
import { objectName } from "./volumes.ts";

type Raw = {
  Id: string;
  Name: string;
  Driver: string;
  Scope: string;
  Internal: boolean;
  Attachable: boolean;
  Ingress?: boolean;
  Created: string;
  Labels?: Record<string, string> | null;
  IPAM?: { Config?: { Subnet?: string; Gateway?: string }[] | null };
  Containers?: Record<string, { Name: string; IPv4Address: string }> | null;
};

export type NetworkRow = {
  id: string;
  name: string;
  driver: string;
  scope: string;
  internal: boolean;
  attachable: boolean;
  subnets: string[];
  stack: string | null;
  /** Docker's own, which cannot be removed. */
  own: boolean;
};
export type NetworkDetail = NetworkRow & {
  members: { id: string; name: string; address: string }[];
  missing: string[];
};

const predefined = ["bridge", "host", "none", "docker_gwbridge", "ingress"];

function rowOf({ Id, Name, Driver, Scope, Internal, Attachable, Labels, IPAM }: Raw): NetworkRow {
  return {
    id: Id,
    name: Name,
    driver: Driver,
    scope: Scope,
    internal: Internal,
    attachable: Attachable,
    subnets: (IPAM?.Config ?? []).flatMap(({ Subnet }) => Subnet ?? []),
    stack: Labels?.[stackLabel] ?? Labels?.["com.docker.compose.project"] ?? null,
    own: predefined.includes(Name),
  };
}

/** Networks of the cluster; the team's before Docker's own. */
export async function listNetworks(
  ctx: Context,
  environmentId: string,
): Promise<{ rows: NetworkRow[]; missing: string[] }> {
  const { value, missing } = await see<Raw[]>(ctx, environmentId, "/networks");
  const rows = value.map(rowOf);
  return {
    rows: rows.toSorted((one, other) => Number(one.own) - Number(other.own) || one.name.localeCompare(other.name)),
    missing,
  };
}

/** One network and who is in it, on all nodes. */
export async function getNetwork(ctx: Context, environmentId: string, id: string): Promise<NetworkDetail> {
  const { value, missing } = await see<Raw>(ctx, environmentId, `/networks/${encodeURIComponent(id)}`);
  const members = Object.entries(value.Containers ?? {}).map(([container, { Name, IPv4Address }]) => ({
    id: container,
    name: Name,
    address: IPv4Address,
  }));
  return { ...rowOf(value), members: members.toSorted((one, other) => one.name.localeCompare(other.name)), missing };
}

export type NetworkWish = { name: string; internal: boolean };

/** A network that spans all nodes, which services and containers may join. */
export async function createNetwork(
  ctx: Context,
  environmentId: string,
  { name, internal }: NetworkWish,
): Promise<void> {
  if (!objectName.test(name))
    throw invalid("A network's name has letters, digits, dots, dashes and underscores.", "name");
  const body = { Name: name, Driver: "overlay", Attachable: true, Internal: internal, CheckDuplicate: true };
  await change(ctx, environmentId, "/networks/create", { body });
}
