import type { Listing, NodeRow } from "./types.ts";

/**
 * Servers that carry an environment's mark and are no node's: a second one of an attempt, or a late one of an attempt
 * that was given up. Nobody wished for them, and somebody pays. Pure; an attempt is persisted before it can be listed.
 */
export function straysOf(environmentId: string, nodes: NodeRow[], listing: Listing): Listing["servers"] {
  const ids = new Set(nodes.map(({ serverId }) => serverId));
  const open = new Set(nodes.filter(({ serverId }) => serverId === null).map(({ attempt }) => attempt));
  return listing.servers.filter(
    ({ id, attempt, environmentId: owner, state }) =>
      owner === environmentId && state !== "shutting-down" && !ids.has(id) && !open.has(attempt),
  );
}
