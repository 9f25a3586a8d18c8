import type { Context } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { see } from "./ask.ts";

type Info = {
  NCPU: number;
  MemTotal: number;
  Containers: number;
  ContainersRunning: number;
  ContainersPaused: number;
  ContainersStopped: number;
  Images: number;
  ServerVersion: string;
  OperatingSystem?: string;
  Warnings?: string[] | null;
  Swarm?: { LocalNodeState?: string; ControlAvailable?: boolean; Nodes?: number; Managers?: number; Error?: string };
};

/** A cluster as one Docker host, and the nodes that do not answer. */
export type ClusterInfo = {
  cpus: number;
  memory: number;
  running: number;
  paused: number;
  stopped: number;
  images: number;
  version: string;
  /** Nodes and managers that the swarm counts; null before there is one, and while no manager answers. */
  swarm: { nodes: number; managers: number } | null;
  /** Why the swarm cannot be changed now. */
  trouble: string | null;
  missing: string[];
};

/**
 * What `docker info` says. It asks every node, so it is asked first: a node that has died since is known from then on, and
 * what is asked of a manager goes to one that lives.
 */
export async function clusterInfo(ctx: Context, environmentId: string): Promise<ClusterInfo> {
  const { value, missing } = await see<Info>(ctx, environmentId, "/info");
  const { LocalNodeState, ControlAvailable, Nodes = 0, Managers = 0, Error: trouble } = value.Swarm ?? {};
  const isActive = LocalNodeState === "active";
  return {
    cpus: value.NCPU,
    memory: value.MemTotal,
    running: value.ContainersRunning,
    paused: value.ContainersPaused,
    stopped: value.ContainersStopped,
    images: value.Images,
    version: value.ServerVersion,
    swarm: isActive && ControlAvailable ? { nodes: Nodes, managers: Managers } : null,
    trouble: trouble || (isActive ? (ControlAvailable ? null : headless) : unformed),
    missing,
  };
}

const unformed = "The nodes are not a swarm yet: CloudHero forms it as soon as they are ready.";
const headless =
  "None of the nodes that manage the swarm answers: services, stacks and nodes cannot be shown. Containers on the other nodes go on running.";

/** The same for what a manager alone can tell. Throws unavailable, with the reason, where none can. */
export async function swarmInfo(ctx: Context, environmentId: string): Promise<ClusterInfo> {
  const info = await clusterInfo(ctx, environmentId);
  if (info.swarm) return info;
  throw new AppError("unavailable", info.trouble ?? unformed);
}
