"use client";

import { ScrollText } from "lucide-react";
import { lazy, memo, Suspense, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { CopyLine } from "#components/ui/copy-line.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { StateBadge } from "../state-badge.tsx";
import type { EnvironmentActs } from "./acts.ts";
import { CredentialsButton } from "./credentials-button.tsx";
import type { FeedEvent } from "./feed.ts";
import type { LiveNode } from "./live-environment.ts";
import { NodeEndpoints } from "./node-endpoints.tsx";
import { TerminalLink, WholeLogLink } from "./node-links.tsx";
import { NodePackages } from "./node-packages.tsx";

const NodeTrouble = lazy(() => import("./node-trouble.tsx").then((found) => ({ default: found.NodeTrouble })));
const NodeLog = lazy(() => import("./node-log.tsx").then(({ NodeLog }) => ({ default: NodeLog })));

const noLines: readonly FeedEvent[] = [];

type NodeProps = {
  environmentId: string;
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
export const NodeCard = memo(function NodeCard({
  environmentId,
  node,
  lines,
  acts,
  hasCredentials,
  refresh,
}: NodeProps) {
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
            <p className="mt-1 break-words text-ink-faint text-xs">
              {summaryOf(node)} · {node.state} since <RelativeTime at={node.stateSince} />
            </p>
          </div>
          <div className="flex flex-wrap gap-2">
            {acts && hasCredentials && hasBeenReady.has(node.state) && (
              <CredentialsButton node={node.name} read={acts.credentials} />
            )}
            {acts && <TerminalLink id={environmentId} node={node} />}
            <Button size="small" aria-expanded={isLogOpen} aria-controls={logId} onClick={() => setLogOpen(!isLogOpen)}>
              <ScrollText className="size-3.5" aria-hidden />
              Log<span className="sr-only"> of {node.name}</span>
            </Button>
          </div>
        </div>
        <NodePackages node={node} />
        {node.progress && isMoving(node) && <Progress {...node.progress} />}
        {(node.error || node.drift) && (
          <Suspense>
            <NodeTrouble node={node} retry={acts?.retry} refresh={refresh} />
          </Suspense>
        )}
        {node.ssh && <CopyLine text={node.ssh} label={`Copy the SSH line of ${node.name}`} />}
        <NodeEndpoints endpoints={node.endpoints} />
        <div id={logId} hidden={!isLogOpen}>
          {isLogOpen && (
            <Suspense fallback={<div className="h-72 rounded-md bg-console" />}>
              <NodeLog lines={lines ?? noLines} label={`Log of ${node.name}`} />
              <WholeLogLink id={environmentId} name={node.name} />
            </Suspense>
          )}
        </div>
      </article>
    </Card>
  );
});

const isMoving = ({ state }: LiveNode) => state !== "ready" && state !== "stopped" && state !== "deleted";

/** Size, address, zone, image and full name in one line. */
function summaryOf({ size, publicIp, privateIp, zone, image, hostname }: LiveNode): string {
  return [size, publicIp ?? privateIp, zone, image, hostname].filter(Boolean).join(" · ");
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
