import { randomHex } from "#lib/ids.ts";
import { deletedName } from "#lib/model/names.ts";
import type { Scene } from "./decide.ts";
import { isFresh, isOverdue, sight } from "./sight.ts";
import type { Decision, NodeRow } from "./types.ts";

/** How many servers a node may fail to get before it counts as failed. */
export const launchAttempts = 5;
/** How long one attempt may stay without a server. */
const launchTimeoutMs = 15 * 60_000;

const fail = (error: string, drift: NodeRow["drift"] = null): Decision => ({
  change: { state: "failed", error, drift, progress: null },
});

/** The node's server is to run with its packages. */
export function decideRun(node: NodeRow, scene: Scene): Decision {
  if (node.state === "failed" && node.drift !== "missing") return { change: {} };
  if (!node.attempt) return launch(node, scene);
  const seen = sight(node, scene);
  switch (seen) {
    case "gone":
    case "shutting-down":
    case "terminated":
      return missing(node, scene);
    case "never":
    case "unknown":
      return settle(node, scene);
    case "pending":
      return boot(node, scene);
    case "stopping":
      return { change: {} };
    case "stopped":
      return wake(node, scene);
    case "running":
      return serve(node, scene);
  }
}

/** A new attempt, once the ground is prepared; the launch that failed last is given time. */
function launch(node: NodeRow, scene: Scene): Decision {
  if (!scene.environment.prepared) return { change: {} };
  if (node.attempts >= launchAttempts) return fail(node.error ?? "The server could not be launched.");
  if (node.attempts > 0 && !isOverdue(node, scene)) return { change: {} };
  const change = {
    state: "launching",
    attempt: randomHex(128),
    attemptAt: scene.now,
    attempts: node.attempts + 1,
  } as const;
  return { change, action: "launch" };
}

/** The attempt has no server yet that we know of: the same attempt again, which can never make a second one. */
function settle(node: NodeRow, scene: Scene): Decision {
  const age = scene.now.getTime() - (node.attemptAt?.getTime() ?? 0);
  if (age > launchTimeoutMs) return fail(node.error ?? "The cloud did not make the server in time.");
  if (node.serverId || !isOverdue(node, scene) || !scene.environment.prepared) return { change: {} };
  return { change: { state: "launching" }, action: "launch" };
}

function boot(node: NodeRow, scene: Scene): Decision {
  const change = node.state === "launching" || node.state === "pending" ? { state: "booting" as const } : {};
  const age = scene.now.getTime() - node.stateSince.getTime();
  if (node.state === "booting" && age > scene.traits.bootTimeoutMs) return fail("The server did not start in time.");
  const halfMade = node.firstHostKey !== null && isOverdue(node, scene) && isFresh(node, scene);
  return halfMade ? { change, action: "launch" } : { change };
}

/** It stands still: because it was just asked to start, or because somebody else stopped it. */
function wake(node: NodeRow, scene: Scene): Decision {
  if (node.state === "starting" || node.state === "stopping") {
    if (node.state === "starting" && node.actedAt && node.actedAt > node.stateSince && !isOverdue(node, scene))
      return { change: {} };
    return isFresh(node, scene) ? { change: { state: "starting" }, action: "start" } : { change: {} };
  }
  if (!isFresh(node, scene) || node.state === "stopped") return { change: {} };
  if (scene.environment.heal) return { change: { state: "starting" }, action: "start" };
  return {
    change: { state: "stopped", drift: "stopped", progress: null, error: "The server was stopped outside CloudHero." },
  };
}

function serve(node: NodeRow, scene: Scene): Decision {
  if (["starting", "stopping", "stopped"].includes(node.state)) {
    if (!isFresh(node, scene)) return { change: {} };
    return { change: { state: "booting", drift: null, error: null, installedPlan: null } };
  }
  const changed = node.installedPlan !== scene.plan;
  if (node.state === "ready" && !changed) return { change: {} };
  if (node.state !== "installing") {
    const anew = { state: "installing", installFailures: 0, installRetryAt: null, error: null, drift: null } as const;
    return { change: anew, action: "install" };
  }
  if (!changed) return { change: { state: "ready", progress: null } };
  const due = !node.installRetryAt || node.installRetryAt <= scene.now;
  return due ? { change: {}, action: "install" } : { change: {} };
}

function missing(node: NodeRow, scene: Scene): Decision {
  const anew = {
    state: "deleting",
    removal: "remake",
    deletedName: deletedName(node.hostname, randomHex(128)),
  } as const;
  if (scene.environment.heal) return { change: anew, action: "destroy" };
  return fail("The server is gone: it was removed outside CloudHero.", "missing");
}
