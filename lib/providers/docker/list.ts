import type { ContainerInfo } from "dockerode";
import { viewKnown } from "../known.ts";
import type { Endpoint, KnownServer, Owner, Server, ServerState } from "../provider.ts";
import type { Link } from "./connect.ts";
import { ATTEMPT, carrying, ENVIRONMENT, lackedLabels, NODE, ownerLabels, SIZE } from "./labels.ts";
import { assertRegion } from "./metadata.ts";
import { reachedAt } from "./ports.ts";

/** Every container of the owner's; the engine's listing has no pages. */
export function list(link: Link, region: string, owner: Owner, signal: AbortSignal): Promise<Server[]> {
  return link.use(signal, async (docker) => {
    assertRegion(region);
    const found = await docker.listContainers({ all: true, filters: carrying(ownerLabels(owner)) });
    return found.filter((container) => container.Labels[ATTEMPT]).map((container) => serverOf(container, link));
  });
}

/** Containers by their ids, in one call. A container's labels are as it was made with. */
export function find(
  link: Link,
  region: string,
  owner: Owner,
  known: KnownServer[],
  signal: AbortSignal,
): Promise<Server[]> {
  return link.use(signal, async (docker) => {
    assertRegion(region);
    const found = await docker.listContainers({ all: true, filters: { id: known.map(({ id }) => id) } });
    const idOf = ({ Id }: ContainerInfo) => Id;
    return viewKnown(known, found, idOf, (container, environmentId) => ({
      ...serverOf(container, link),
      lacks: lackedLabels(container.Labels, owner, environmentId),
    }));
  });
}

function serverOf(container: ContainerInfo, link: Link): Server {
  const state = stateOf(container.State);
  const host = reachedAt(link.address());
  const address = Object.values(container.NetworkSettings?.Networks ?? {}).find((network) => network.IPAddress);
  return {
    id: container.Id,
    name: nameOf(container),
    state,
    publicIp: state === "running" ? host : null,
    privateIp: address?.IPAddress ?? null,
    zone: null,
    image: container.Image,
    size: container.Labels[SIZE] ?? "",
    endpoints: state === "running" ? endpointsOf(container, host) : {},
    environmentId: container.Labels[ENVIRONMENT] ?? "",
    nodeId: container.Labels[NODE] ?? "",
    attempt: container.Labels[ATTEMPT] ?? "",
    createdAt: container.Created ? new Date(container.Created * 1000) : null,
  };
}

/** A container may have aliases by links ("/other/name"); its own name has one slash. */
export const nameOf = ({ Names }: ContainerInfo) =>
  (Names.find((name) => name.lastIndexOf("/") === 0) ?? Names[0] ?? "").replace(/^\//, "");

/**
 * The engine's word for a container in ours. One that was made and never started is "pending": its launch was cut
 * short, and a repeat of it finishes it.
 */
export function stateOf(state: string): ServerState {
  switch (state) {
    case "running":
      return "running";
    case "created":
    case "restarting":
      return "pending";
    case "removing":
    case "dead":
      return "shutting-down";
    default:
      return "stopped";
  }
}

/**
 * A published port appears once for IPv4 and once for IPv6; the first is IPv4's. Of a running container only: after a
 * crash an engine still lists those of a stopped one.
 */
function endpointsOf(container: ContainerInfo, host: string): Record<string, Endpoint> {
  const published = container.Ports.filter((port) => port.PublicPort && port.Type === "tcp");
  const ordered = published.toSorted((a, b) => Number(a.IP.includes(":")) - Number(b.IP.includes(":")));
  const endpoints: Record<string, Endpoint> = {};
  for (const port of ordered) endpoints[port.PrivatePort] ??= { host, port: port.PublicPort };
  return endpoints;
}
