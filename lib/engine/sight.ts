import type { CloudStateName } from "#lib/model/transitions.ts";
import type { Scene } from "./decide.ts";
import type { NodeRow } from "./types.ts";

/** How long after a call it is made again, when nothing shows that it took effect. */
const repeatMs = 15_000;
/** How long a server that was there must be missing before it counts as gone. */
const goneAfterMs = 4_000;

const after = (later: Date, earlier: Date | null) => later.getTime() - (earlier?.getTime() ?? 0);

/**
 * What the listing says of a node's server: its state; "gone" when it was there and is not; "never" when its launch
 * left nothing behind; "unknown" while the listing can prove neither.
 */
export function sight(node: NodeRow, { listing, traits }: Scene): CloudStateName | "gone" | "never" | "unknown" {
  const seen = node.observedAt?.getTime() === listing.begunAt.getTime();
  if (seen) return node.observed === "terminated" || node.observed === null ? "gone" : node.observed;
  if (node.observed) return after(listing.begunAt, node.missingSince) >= goneAfterMs ? "gone" : "unknown";
  return after(listing.begunAt, node.attemptAt) > traits.launchSettleMs ? "never" : "unknown";
}

/** Whether the listing was begun after the node came into its state, so that it can tell of its effect. */
export const isFresh = (node: NodeRow, { listing }: Scene) => after(listing.begunAt, node.stateSince) > 0;

/** Whether what was last called for would show by now: a launch may have been repeated long after it was first tried. */
export const isSettled = (node: NodeRow, { listing, traits }: Scene) =>
  after(listing.begunAt, node.actedAt) > traits.launchSettleMs;

/** Whether the last call is so old that it is made again. */
export const isOverdue = (node: NodeRow, { now }: Scene) => after(now, node.actedAt) > repeatMs;
