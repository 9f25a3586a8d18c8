import type { Listing, NodeRow } from "./types.ts";

/** A launch names its servers last; a name that it has just given may not show yet. */
const settleMs = 5_000;

/**
 * Servers that do not have their node's name some time after their launch: it was cut short between making and naming
 * them. Pure.
 */
export function misnamedIn(nodes: NodeRow[], listing: Listing): { id: string; name: string }[] {
  const named = new Map(listing.servers.map(({ id, name }) => [id, name]));
  return nodes.flatMap(({ serverId, hostname, attemptAt, state, deletedName }) => {
    const name = serverId && named.get(serverId);
    const isSettled = listing.begunAt.getTime() - (attemptAt?.getTime() ?? 0) > settleMs;
    const isLeaving = deletedName !== null || state === "deleting" || state === "deleted";
    return name !== undefined && name !== null && name !== hostname && isSettled && !isLeaving
      ? [{ id: serverId!, name: hostname }]
      : [];
  });
}
