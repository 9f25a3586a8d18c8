export const nodeStates = [
  "pending",
  "launching",
  "booting",
  "installing",
  "ready",
  "stopping",
  "stopped",
  "starting",
  "deleting",
  "deleted",
  "failed",
] as const;
export type NodeState = (typeof nodeStates)[number];

export const environmentStates = [
  "pending",
  "provisioning",
  "running",
  "degraded",
  "stopping",
  "stopped",
  "starting",
  "deleting",
  "deleted",
  "failed",
] as const;
export type EnvironmentState = (typeof environmentStates)[number];

/** What the team wants of an environment. */
export type Wish = "run" | "stop" | "delete";

/** States in which nothing moves by itself. */
const restStates: readonly EnvironmentState[] = ["running", "degraded", "stopped", "failed", "deleted"];

export const isAtRest = (state: EnvironmentState) => restStates.includes(state);

/** An environment's state as its wish and its nodes' states imply it. */
export function environmentStateOf(wish: Wish, nodes: readonly NodeState[], begun: boolean): EnvironmentState {
  const all = (...states: NodeState[]) => nodes.every((state) => states.includes(state));
  const some = (...states: NodeState[]) => nodes.some((state) => states.includes(state));
  if (wish === "delete") return all("deleted") ? "deleted" : "deleting";
  if (wish === "stop") return all("stopped", "failed", "deleted") ? "stopped" : "stopping";
  if (nodes.length > 0 && all("failed")) return "failed";
  // A node that goes alone is waited for, as one that comes.
  if (some("pending", "launching", "booting", "installing", "deleting")) return begun ? "provisioning" : "pending";
  if (some("starting", "stopping")) return "starting";
  // A node that stands still although it is wished to run was stopped behind our back.
  return some("failed", "stopped") ? "degraded" : "running";
}
