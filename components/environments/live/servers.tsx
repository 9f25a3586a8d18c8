"use client";

import { lazy, Suspense, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useLive } from "./environment-context.ts";
import type { Feed } from "./feed.ts";
import type { LiveEnvironment } from "./live-environment.ts";
import { NodeCard } from "./node-card.tsx";
import { Timeline } from "./timeline.tsx";

const NodeLog = lazy(() => import("./node-log.tsx").then(({ NodeLog }) => ({ default: NodeLog })));

/** An environment's servers and what happened, current by themselves; `secretive`: packages that come with a password. */
export function Servers({ secretive }: { secretive: readonly string[] }) {
  const { id, environment, feed, acts, refresh } = useLive();
  const { state, progress, nodes, lastError } = environment;
  return (
    <>
      {lastError && !nodes.some(({ error }) => error === lastError) && <Notice tone="bad">{lastError}</Notice>}
      {state === "deleted" && <Notice>All servers are gone. This page stays for a day.</Notice>}
      <div className="flex items-center gap-4">
        {state !== "running" && (
          <progress
            className="flex-1"
            value={progress.ready}
            max={Math.max(progress.total, 1)}
            aria-label="Servers that are ready"
          />
        )}
        <span className="tabular text-ink-soft">{readiness(environment)}</span>
      </div>
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <section aria-label="Nodes">
          <ul className="flex flex-col gap-3">
            {nodes.map((node) => (
              <li key={node.name} className="[content-visibility:auto] [contain-intrinsic-size:auto_9rem]">
                <NodeCard
                  environmentId={id}
                  node={node}
                  lines={feed.logs[node.name]}
                  acts={acts}
                  hasCredentials={node.packages.some((one) => secretive.includes(one))}
                  refresh={refresh}
                />
              </li>
            ))}
          </ul>
        </section>
        <div className="flex flex-col gap-3">
          <Timeline events={feed.timeline} />
          <OwnLog feed={feed} />
        </div>
      </div>
    </>
  );
}

/** Output that belongs to no node, such as an image being built. */
function OwnLog({ feed }: { feed: Feed }) {
  const [open, setOpen] = useState(false);
  const lines = feed.logs[""];
  if (!lines || lines.length === 0) return null;
  return (
    <>
      <div>
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          Preparation log
        </Button>
      </div>
      {open && (
        <Suspense>
          <NodeLog lines={lines} label="Preparation log" />
        </Suspense>
      )}
    </>
  );
}

/** How many servers are as they should be, in words. */
function readiness({ wish, progress: { ready, total }, nodes }: LiveEnvironment): string {
  if (wish !== "stop") return `${ready} of ${total} ready`;
  return `${nodes.filter(({ state }) => state === "stopped").length} of ${total} stopped`;
}
