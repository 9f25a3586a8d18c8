import { blank } from "./absorb.ts";
import type { Scene } from "./decide.ts";
import { isFresh, isOverdue, sight } from "./sight.ts";
import type { Decision, NodeRow } from "./types.ts";

/** The node's server is to stand still; one that was never launched has nothing to stop. */
export function decideStop(node: NodeRow, scene: Scene): Decision {
  if (!node.attempt) return node.state === "failed" ? { change: {} } : { change: { state: "stopped", progress: null } };
  const seen = sight(node, scene);
  if (seen === "never") return { change: { ...blank, state: "stopped" } };
  if (seen === "unknown") return { change: node.state === "stopped" ? {} : { state: "stopping" } };
  if (seen === "gone" || seen === "shutting-down" || seen === "terminated")
    return {
      change: { state: "failed", drift: "missing", error: "The server is gone: it was removed outside CloudHero." },
    };
  if (seen === "stopped") return { change: { state: "stopped", progress: null, drift: null } };
  if (seen === "stopping") return { change: { state: "stopping" } };
  if (node.state !== "stopping") return { change: { state: "stopping", progress: null }, action: "stop" };
  return isFresh(node, scene) && isOverdue(node, scene) ? { change: {}, action: "stop" } : { change: {} };
}
