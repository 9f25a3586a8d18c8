import { blank } from "./absorb.ts";
import type { Scene } from "./decide.ts";
import { isFresh, isOverdue, isSettled, sight } from "./sight.ts";
import type { Decision, NodeRow } from "./types.ts";

/** Long enough for a whole change of managers: with servers that still manage, the cluster's majority would go. */
const leaveTimeoutMs = 5 * 60_000;

/** The node's server is to go. It is gone when a listing that could show it does not. */
export function decideDelete(node: NodeRow, scene: Scene): Decision {
  if (!node.attempt) return departed(node, scene);
  if (isInSwarm(node, scene)) return { change: node.state === "deleting" ? {} : { state: "deleting", progress: null } };
  // Known by id: the cloud is asked whatever a listing says, because only its answer ends what may cost money.
  if (node.serverId && node.state !== "deleting")
    return { change: { state: "deleting", progress: null }, action: "destroy" };
  const seen = sight(node, scene);
  const vanished = node.state === "deleting" && node.missingSince !== null && isFresh(node, scene);
  if (seen === "gone" || (seen === "never" && isSettled(node, scene)) || vanished) return departed(node, scene);
  if (seen === "unknown" || seen === "never") return { change: { state: "deleting" } };
  const lingers = seen !== "shutting-down" && isFresh(node, scene) && isOverdue(node, scene);
  return lingers ? { change: {}, action: "destroy" } : { change: {} };
}

/** A node that goes alone leaves its Docker cluster first: its tasks are moved, for as long as that may take. */
function isInSwarm(node: NodeRow, { environment, now }: Scene): boolean {
  if (environment.wish !== "run" || !node.swarmId || node.observed !== "running") return false;
  return node.state !== "deleting" || now.getTime() - node.stateSince.getTime() < leaveTimeoutMs;
}

function departed(node: NodeRow, { environment }: Scene): Decision {
  if (environment.wish !== "delete" && node.removal === "prune")
    return { change: { state: "deleted" }, action: "forget" };
  if (environment.wish !== "delete" && node.removal === "remake")
    return {
      change: { ...blank, state: "pending", removal: null, error: null, drift: null, attempts: 0, deletedName: null },
    };
  return {
    change: {
      state: "deleted",
      progress: null,
      publicIp: null,
      privateIp: null,
      endpoints: {},
      observed: "terminated",
    },
  };
}
