import type { NodeState } from "./states.ts";

/** EC2's instance states, spoken on every provider; `code` is a string, as the reference shows it. */
export const cloudStates = {
  pending: { code: "0", name: "pending" },
  running: { code: "16", name: "running" },
  "shutting-down": { code: "32", name: "shutting-down" },
  terminated: { code: "48", name: "terminated" },
  stopping: { code: "64", name: "stopping" },
  stopped: { code: "80", name: "stopped" },
} as const;
export type CloudStateName = keyof typeof cloudStates;

const byNodeState: Record<Exclude<NodeState, "failed">, CloudStateName> = {
  pending: "pending",
  launching: "pending",
  starting: "pending",
  booting: "running",
  installing: "running",
  ready: "running",
  stopping: "stopping",
  stopped: "stopped",
  deleting: "shutting-down",
  deleted: "terminated",
};

/** The cloud's word for a node's state; a failed node is what the cloud last said, `pending` if never launched. */
export function cloudStateOf(state: NodeState, observed: CloudStateName | null): CloudStateName {
  return state === "failed" ? (observed ?? "pending") : byNodeState[state];
}

/** The state that a wish puts a server in next, seen from where it is. */
export function stateAfterWish(wish: "stop" | "run" | "delete", previous: CloudStateName): CloudStateName {
  if (wish === "delete") return previous === "terminated" ? "terminated" : "shutting-down";
  if (wish === "stop") return previous === "stopped" ? "stopped" : "stopping";
  return previous === "running" ? "running" : "pending";
}
