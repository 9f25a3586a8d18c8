import type { Listing, NodeRow } from "./types.ts";

/**
 * What a node says of a server that has lost its tags, and no longer says once they are back. Whatever else is wrong
 * with it is said first. Pure; answers only what differs.
 */
export function untagged(node: NodeRow, listing: Listing): Partial<NodeRow> {
  const server = listing.servers.find(({ id }) => id === node.serverId);
  const isLeaving = node.removal !== null || node.state === "deleting" || node.state === "deleted";
  if (!server || isLeaving) return {};
  if (!server.lacks?.length) {
    if (node.drift !== "untagged") return {};
    return node.state === "failed" ? { drift: null } : { drift: null, error: null };
  }
  if (node.state === "failed" || (node.drift !== null && node.drift !== "untagged")) return {};
  const error = `Its tags were removed in the cloud: CloudHero no longer sees the server ${server.id} in listings, and knows it by its id alone. Put back what it lacks: ${server.lacks.join(", ")}`;
  return node.drift === "untagged" && node.error === error ? {} : { drift: "untagged", error };
}
