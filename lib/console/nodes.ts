import type { Context } from "#lib/context.ts";
import { invalid } from "#lib/errors.ts";
import { change, patiently, see } from "./ask.ts";
import { swarmInfo } from "./info.ts";

type Raw = {
  ID: string;
  Version: { Index: number };
  Spec: { Role: string; Availability: string; Labels?: Record<string, string> | null };
  Description: {
    Hostname: string;
    Resources?: { NanoCPUs?: number; MemoryBytes?: number };
    Engine?: { EngineVersion?: string };
    Platform?: { Architecture?: string; OS?: string };
  };
  Status: { State: string; Addr?: string; Message?: string };
  ManagerStatus?: { Leader?: boolean; Reachability?: string };
};

export type NodeRow = {
  id: string;
  name: string;
  role: string;
  leader: boolean;
  availability: string;
  state: string;
  message: string;
  address: string;
  cpus: number;
  memory: number;
  engine: string;
  platform: string;
  /** What the team gave it. */
  labels: [string, string][];
  /** What CloudHero gave it. */
  ownLabels: [string, string][];
};

export const availabilities = ["active", "pause", "drain"] as const;
export type Availability = (typeof availabilities)[number];

const ownPrefix = "io.cloudhero.";
const nameLabel = `${ownPrefix}name`;
const labelsAtMost = 64;

const nameOf = ({ Spec, Description }: Raw) => Spec.Labels?.[nameLabel] ?? Description.Hostname;

/** The swarm's nodes, as it sees them. */
export async function listNodes(ctx: Context, environmentId: string): Promise<{ rows: NodeRow[]; missing: string[] }> {
  const { missing } = await swarmInfo(ctx, environmentId);
  const { value } = await see<Raw[]>(ctx, environmentId, "/nodes");
  return { rows: value.map(rowOf).toSorted((one, other) => one.name.localeCompare(other.name)), missing };
}

/** Names of nodes by the swarm's ids. */
export async function nodeNames(ctx: Context, environmentId: string): Promise<Map<string, string>> {
  const { value } = await see<Raw[]>(ctx, environmentId, "/nodes");
  return new Map(value.map((raw) => [raw.ID, nameOf(raw)]));
}

function rowOf(raw: Raw): NodeRow {
  const { ID, Spec, Description, Status, ManagerStatus } = raw;
  const labels = Object.entries(Spec.Labels ?? {}).toSorted();
  return {
    id: ID,
    name: nameOf(raw),
    role: Spec.Role,
    leader: ManagerStatus?.Leader ?? false,
    availability: Spec.Availability,
    state: Status.State,
    message: Status.Message ?? "",
    address: Status.Addr ?? "",
    cpus: (Description.Resources?.NanoCPUs ?? 0) / 1e9,
    memory: Description.Resources?.MemoryBytes ?? 0,
    engine: Description.Engine?.EngineVersion ?? "",
    platform: [Description.Platform?.OS, Description.Platform?.Architecture].filter(Boolean).join("/"),
    labels: labels.filter(([name]) => !name.startsWith(ownPrefix)),
    ownLabels: labels.filter(([name]) => name.startsWith(ownPrefix)),
  };
}

/** Whether the swarm may place tasks on a node; "drain" moves those that it has. */
export const setAvailability = (ctx: Context, environmentId: string, id: string, availability: Availability) =>
  update(ctx, environmentId, id, (spec) => ({ ...spec, Availability: availability }));

/** Gives a node the team's labels, "name=value" each; those of CloudHero stay. */
export async function setLabels(ctx: Context, environmentId: string, id: string, lines: string): Promise<void> {
  const given = labelsIn(lines);
  await update(ctx, environmentId, id, (spec) => {
    const own = Object.entries(spec.Labels ?? {}).filter(([name]) => name.startsWith(ownPrefix));
    return { ...spec, Labels: { ...given, ...Object.fromEntries(own) } };
  });
}

export function labelsIn(lines: string): Record<string, string> {
  const told = lines
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  if (told.length > labelsAtMost) throw invalid(`A node has up to ${labelsAtMost} labels.`, "labels");
  const pairs = told.map((line) => {
    const [, name, value = ""] = /^([A-Za-z0-9][\w./-]*)(?:=(.*))?$/.exec(line) ?? [];
    if (!name) throw invalid(`"${line.slice(0, 60)}" is no label: write name=value, one a line.`, "labels");
    if (name.startsWith(ownPrefix)) throw invalid(`${name} is CloudHero's own.`, "labels");
    return [name, value.trim()] as const;
  });
  return Object.fromEntries(pairs);
}

/** A swarm takes a change of the version that was read, and no other: two at once do not undo each other. */
async function update(ctx: Context, environmentId: string, id: string, next: (spec: Raw["Spec"]) => Raw["Spec"]) {
  await patiently(() => swarmInfo(ctx, environmentId));
  const path = `/nodes/${encodeURIComponent(id)}`;
  const { value } = await see<Raw>(ctx, environmentId, path);
  await change(ctx, environmentId, `${path}/update?version=${value.Version.Index}`, { body: next(value.Spec) });
}
