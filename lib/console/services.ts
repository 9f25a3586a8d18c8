import type { Context } from "#lib/context.ts";
import { see } from "./ask.ts";
import { type ServiceSpec, stackLabel } from "./compose/stack.ts";
import { shortImage } from "./containers.ts";
import { swarmInfo } from "./info.ts";
import { nodeNames } from "./nodes.ts";

export type Raw = {
  ID: string;
  Version: { Index: number };
  CreatedAt: string;
  UpdatedAt: string;
  Spec: ServiceSpec;
  PreviousSpec?: ServiceSpec;
  Endpoint?: { Ports?: { TargetPort: number; PublishedPort: number; Protocol: string; PublishMode: string }[] };
  ServiceStatus?: { RunningTasks: number; DesiredTasks: number };
  UpdateStatus?: { State?: string; Message?: string };
};

export type ServiceRow = {
  id: string;
  name: string;
  stack: string | null;
  image: string;
  mode: "replicated" | "global" | "job";
  running: number;
  desired: number;
  ports: { text: string; published: number; tcp: boolean }[];
  updatedAt: string;
  /** What a rolling update says of itself while it lasts, or when it has failed. */
  update: { state: string; message: string } | null;
};

/** Every service of the swarm, in the order of their names. */
export async function listServices(
  ctx: Context,
  environmentId: string,
): Promise<{ rows: ServiceRow[]; missing: string[] }> {
  const { missing } = await swarmInfo(ctx, environmentId);
  const { value } = await see<Raw[]>(ctx, environmentId, "/services?status=true");
  return { rows: value.map(serviceRow).toSorted((one, other) => one.name.localeCompare(other.name)), missing };
}

export function serviceRow({ ID, Spec, UpdatedAt, Endpoint, ServiceStatus, UpdateStatus }: Raw): ServiceRow {
  const { Replicated, Global } = Spec.Mode ?? {};
  const update = UpdateStatus?.State && UpdateStatus.State !== "completed" ? UpdateStatus : null;
  return {
    id: ID,
    name: Spec.Name,
    stack: Spec.Labels?.[stackLabel] ?? null,
    image: shortImage(Spec.TaskTemplate?.ContainerSpec?.Image ?? ""),
    mode: Replicated ? "replicated" : Global ? "global" : "job",
    running: ServiceStatus?.RunningTasks ?? 0,
    desired: ServiceStatus?.DesiredTasks ?? Replicated?.Replicas ?? 0,
    ports: (Endpoint?.Ports ?? []).map(({ PublishedPort, TargetPort, Protocol }) => ({
      text: `${PublishedPort} → ${TargetPort}${Protocol === "tcp" ? "" : `/${Protocol}`}`,
      published: PublishedPort,
      tcp: Protocol === "tcp",
    })),
    updatedAt: UpdatedAt,
    update: update && { state: update.State!, message: update.Message ?? "" },
  };
}

type Task = {
  ID: string;
  NodeID?: string;
  Slot?: number;
  DesiredState: string;
  UpdatedAt: string;
  Spec: { ContainerSpec?: { Image?: string } };
  Status: {
    State: string;
    Timestamp: string;
    Err?: string;
    Message?: string;
    ContainerStatus?: { ContainerID?: string };
  };
};

export type TaskRow = {
  id: string;
  slot: number | null;
  node: string | null;
  image: string;
  state: string;
  desired: string;
  at: string;
  error: string | null;
  containerId: string | null;
};

export type ServiceDetail = ServiceRow & {
  createdAt: string;
  /** Tasks that should run or do, then those before them, the newest first. */
  tasks: TaskRow[];
  /** Older tasks that are not shown. */
  more: number;
  hasPrevious: boolean;
  constraints: string[];
  missing: string[];
};

const tasksAtMost = 100;

/** One service with its tasks and where they run. `name` may be its id. */
export async function getService(ctx: Context, environmentId: string, name: string): Promise<ServiceDetail> {
  const { missing } = await swarmInfo(ctx, environmentId);
  const filters = (key: string, value: string) => encodeURIComponent(JSON.stringify({ [key]: [value] }));
  const { value: raw } = await see<Raw>(ctx, environmentId, `/services/${encodeURIComponent(name)}`);
  const [tasks, nodes, status] = await Promise.all([
    see<Task[]>(ctx, environmentId, `/tasks?filters=${filters("service", raw.ID)}`),
    nodeNames(ctx, environmentId),
    see<Raw[]>(ctx, environmentId, `/services?status=true&filters=${filters("id", raw.ID)}`),
  ]);
  const all = tasks.value.map((task) => taskRow(task, nodes)).toSorted(byRelevance);
  return {
    ...serviceRow({ ...raw, ServiceStatus: status.value[0]?.ServiceStatus }),
    createdAt: raw.CreatedAt,
    tasks: all.slice(0, tasksAtMost),
    more: Math.max(0, all.length - tasksAtMost),
    hasPrevious: raw.PreviousSpec !== undefined,
    constraints: raw.Spec.TaskTemplate?.Placement?.Constraints ?? [],
    missing,
  };
}

function taskRow({ ID, NodeID, Slot, DesiredState, Spec, Status }: Task, nodes: ReadonlyMap<string, string>): TaskRow {
  const failed = ["failed", "rejected", "orphaned"].includes(Status.State);
  return {
    id: ID,
    slot: Slot ?? null,
    node: NodeID ? (nodes.get(NodeID) ?? NodeID) : null,
    image: shortImage(Spec.ContainerSpec?.Image ?? ""),
    state: Status.State,
    desired: DesiredState,
    at: Status.Timestamp,
    error: Status.Err || (failed ? (Status.Message ?? null) : null),
    containerId: Status.ContainerStatus?.ContainerID || null,
  };
}

const isWanted = ({ desired }: TaskRow) => desired === "running" || desired === "ready" || desired === "complete";

const byRelevance = (one: TaskRow, other: TaskRow) =>
  Number(isWanted(other)) - Number(isWanted(one)) ||
  (isWanted(one) ? (one.slot ?? 0) - (other.slot ?? 0) : 0) ||
  other.at.localeCompare(one.at);
