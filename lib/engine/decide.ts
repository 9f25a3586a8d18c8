import type { ProviderTraits } from "#lib/providers/provider.ts";
import { decideDelete } from "./decide-delete.ts";
import { decideRun } from "./decide-run.ts";
import { decideStop } from "./decide-stop.ts";
import type { Decision, EnvironmentRow, Listing, NodeRow } from "./types.ts";

/** All that a decision may look at. */
export type Scene = {
  environment: Pick<EnvironmentRow, "wish" | "heal" | "prepared">;
  listing: Listing;
  traits: ProviderTraits;
  /** The plan hash that this node should have installed. */
  plan: string;
  now: Date;
};

/** What a node's state becomes, and what is done about it. Pure: the same facts give the same decision. */
export function decide(node: NodeRow, scene: Scene): Decision {
  const decision = choose(node, scene);
  const state = decision.change.state;
  if (decision.action && decision.action !== "install") decision.change.actedAt = scene.now;
  if (state && state !== node.state) decision.change.stateSince = scene.now;
  return decision;
}

function choose(node: NodeRow, scene: Scene): Decision {
  if (node.state === "deleted") return { change: {} };
  if (scene.environment.wish === "delete" || node.removal) return decideDelete(node, scene);
  return scene.environment.wish === "stop" ? decideStop(node, scene) : decideRun(node, scene);
}
