import { Badge, type Tone } from "#components/ui/badge.tsx";
import type { EnvironmentState, NodeState } from "#lib/model/states.ts";

const tones: Record<EnvironmentState | NodeState, Tone> = {
  pending: "busy",
  provisioning: "busy",
  launching: "busy",
  booting: "busy",
  installing: "busy",
  starting: "busy",
  running: "good",
  ready: "good",
  degraded: "warn",
  stopping: "busy",
  stopped: "neutral",
  deleting: "busy",
  deleted: "neutral",
  failed: "bad",
};

/** The state of an environment or a node, in its own word. */
export function StateBadge({ state }: { state: EnvironmentState | NodeState }) {
  return (
    <Badge tone={tones[state]} dot>
      {state}
    </Badge>
  );
}
