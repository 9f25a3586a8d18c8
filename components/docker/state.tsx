import { Badge, type Tone } from "#components/ui/badge.tsx";

const tones: Record<string, Tone> = {
  running: "good",
  ready: "good",
  healthy: "good",
  complete: "neutral",
  active: "good",
  created: "neutral",
  paused: "warn",
  pause: "warn",
  drain: "warn",
  restarting: "busy",
  starting: "busy",
  preparing: "busy",
  assigned: "busy",
  accepted: "busy",
  pending: "busy",
  new: "busy",
  allocated: "busy",
  updating: "busy",
  rollback_started: "busy",
  removing: "busy",
  shutdown: "neutral",
  exited: "neutral",
  dead: "bad",
  failed: "bad",
  rejected: "bad",
  orphaned: "bad",
  down: "bad",
  unhealthy: "bad",
};

/** The state of a container, a task or a node, in Docker's own word. */
export function DockerState({ state }: { state: string }) {
  return (
    <Badge tone={tones[state] ?? "neutral"} dot>
      {state.replaceAll("_", " ")}
    </Badge>
  );
}
