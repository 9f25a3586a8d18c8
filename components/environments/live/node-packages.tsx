import { Check, X } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { checkOf } from "./checks.ts";
import type { LiveNode } from "./live-environment.ts";

/** What is on a server, and how each package's own check went last. */
export function NodePackages({ node }: { node: LiveNode }) {
  const { packages, state, stateSince } = node;
  if (packages.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <ul aria-label="Packages" className="flex flex-wrap gap-1.5">
        {packages.map((name) => (
          <li key={name}>
            <Package node={node} name={name} />
          </li>
        ))}
      </ul>
      {state === "ready" && (
        <p className="text-ink-faint text-xs">
          {packages.length === 1 ? "its check" : "their checks"} passed <RelativeTime at={stateSince} />
        </p>
      )}
    </div>
  );
}

function Package({ node, name }: { node: LiveNode; name: string }) {
  const check = checkOf(node, name);
  if (check.outcome === "unknown") return <Badge>{name}</Badge>;
  const passed = check.outcome === "passed";
  const Icon = passed ? Check : X;
  return (
    <Badge tone={passed ? "neutral" : "bad"}>
      <Icon className={`size-3 ${passed ? "text-good" : ""}`} aria-hidden />
      {passed ? name : check.said}
    </Badge>
  );
}
