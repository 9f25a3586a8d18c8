"use client";

import { ScrollText } from "lucide-react";
import { memo, useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { CopyLine } from "#components/ui/copy-line.tsx";
import { StateBadge } from "../state-badge.tsx";
import type { EnvironmentActs } from "./acts.ts";
import { CredentialsButton } from "./credentials-button.tsx";
import type { FeedEvent } from "./feed.ts";
import type { LiveNode } from "./live-environment.ts";
import { NodeEndpoints } from "./node-endpoints.tsx";
import { NodeLog } from "./node-log.tsx";
import { NodeTrouble } from "./node-trouble.tsx";

const noLines: readonly FeedEvent[] = [];

type NodeProps = {
  node: LiveNode;
  lines: readonly FeedEvent[] | undefined;
  /** Absent where the asker may only look. */
  acts: EnvironmentActs | undefined;
  hasCredentials: boolean;
  refresh: () => void;
};

/** States in which a server's packages have their passwords. */
const hasBeenReady: ReadonlySet<string> = new Set(["ready", "stopping", "stopped", "starting", "failed"]);

/** One server: how far it is, where it is reached, what is on it, and its output on demand. */
export const NodeCard = memo(function NodeCard({ node, lines, acts, hasCredentials, refresh }: NodeProps) {
  const [isLogOpen, setLogOpen] = useState(false);
  const logId = `log-${node.name}`;
  return (
    <Card>
      <article aria-label={`Node ${node.name}`} className="flex flex-col gap-3 p-4">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="min-w-0">
            <h2 className="flex flex-wrap items-center gap-2 font-semibold">
              {node.name}
              <StateBadge state={node.state} />
            </h2>
            <p className="mt-1 break-words text-ink-faint text-xs">{summaryOf(node)}</p>
          </div>
          <div className="flex flex-wrap gap-2">
            {acts && hasCredentials && hasBeenReady.has(node.state) && (
              <CredentialsButton node={node.name} read={acts.credentials} />
            )}
            <Button size="small" aria-expanded={isLogOpen} aria-controls={logId} onClick={() => setLogOpen(!isLogOpen)}>
              <ScrollText className="size-3.5" aria-hidden />
              Log<span className="sr-only"> of {node.name}</span>
            </Button>
          </div>
        </div>
        {node.packages.length > 0 && (
          <ul aria-label="Packages" className="flex flex-wrap gap-1.5">
            {node.packages.map((name) => (
              <li key={name}>
                <Badge>{name}</Badge>
              </li>
            ))}
          </ul>
        )}
        {node.progress && isMoving(node) && <Progress {...node.progress} />}
        <NodeTrouble node={node} retry={acts?.retry} refresh={refresh} />
        {node.ssh && <CopyLine text={node.ssh} label={`Copy the SSH line of ${node.name}`} />}
        <NodeEndpoints endpoints={node.endpoints} />
        <div id={logId} hidden={!isLogOpen}>
          {isLogOpen && <NodeLog lines={lines ?? noLines} label={`Log of ${node.name}`} />}
        </div>
      </article>
    </Card>
  );
});

const isMoving = ({ state }: LiveNode) => state !== "ready" && state !== "stopped" && state !== "deleted";

/** Size, addresses and full name in one line. */
function summaryOf({ size, publicIp, privateIp, hostname }: LiveNode): string {
  const address = publicIp ?? privateIp;
  return [size, address, hostname].filter(Boolean).join(" · ");
}

function Progress({ step, steps, title }: { step: number; steps: number; title: string }) {
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-ink-soft">
        <span className="tabular">
          {step}/{steps}
        </span>{" "}
        {title}
      </p>
      <progress className="w-full" value={step - 0.5} max={steps} aria-label={`Step ${step} of ${steps}`} />
    </div>
  );
}
