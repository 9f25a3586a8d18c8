import type { LiveNode } from "./live-environment.ts";

export type Check = { outcome: "passed"; at: string } | { outcome: "failed"; said: string } | { outcome: "unknown" };

/** How a package's own check went last: a server is ready only once all of its have passed; a failed one says whose did not. */
export function checkOf({ state, stateSince, error }: LiveNode, name: string): Check {
  if (state === "ready") return { outcome: "passed", at: stateSince };
  const said = error?.split("\n").find((line) => line.startsWith(`${name} does not answer`));
  return said ? { outcome: "failed", said } : { outcome: "unknown" };
}
