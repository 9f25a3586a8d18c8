import { isDeepStrictEqual } from "node:util";
import type { Decision, Listing, NodeRow } from "./types.ts";

/** A node's facts as a listing has them. Pure; answers only what differs. */
export function absorb(node: NodeRow, listing: Listing): Decision["change"] {
  if (!node.attempt) return {};
  // One attempt may have made two: the one that is known is the node's, the other a stray.
  const server = listing.servers.find(({ id, attempt }) =>
    node.serverId ? id === node.serverId : attempt === node.attempt,
  );
  if (!server) return node.observed && !node.missingSince ? { missingSince: listing.begunAt } : {};
  const { id: serverId, state: observed, publicIp, privateIp, zone, endpoints, image } = server;
  const seen = { serverId, observed, observedAt: listing.begunAt, missingSince: null };
  // Port 4000's certificate names the addresses.
  const front = isDeepStrictEqual({ publicIp, privateIp, endpoints }, addressesOf(node)) ? {} : { front: null };
  return { ...seen, publicIp, privateIp, zone, endpoints, image, ...front };
}

const addressesOf = ({ publicIp, privateIp, endpoints }: NodeRow) => ({ publicIp, privateIp, endpoints });

/** The facts of a node whose server is gone, or is to be made anew. */
export const blank = {
  attempt: null,
  attemptAt: null,
  serverId: null,
  missingSince: null,
  observed: null,
  observedAt: null,
  publicIp: null,
  privateIp: null,
  zone: null,
  endpoints: {},
  progress: null,
  installedPlan: null,
  installedPackages: [],
  installFailures: 0,
  installRetryAt: null,
  firstHostKey: null,
  firstHostPublicKey: null,
  hostKey: null,
  nextHostKey: null,
  front: null,
  frontExpiresAt: null,
  swarmId: null,
  swarmAddress: null,
} satisfies Partial<NodeRow>;
