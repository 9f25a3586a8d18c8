"use client";

import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { StateBadge } from "../state-badge.tsx";
import type { EnvironmentActs } from "./acts.ts";
import { EnvironmentActions } from "./environment-actions.tsx";
import type { Feed } from "./feed.ts";
import type { LiveEnvironment } from "./live-environment.ts";
import { NodeCard } from "./node-card.tsx";
import { NodeLog } from "./node-log.tsx";
import { Timeline } from "./timeline.tsx";
import { type Start, useEnvironment } from "./use-environment.ts";

type LiveProps = {
  id: string;
  name: string;
  /** Where it is: application, provider, region, age. */
  place: ReactNode;
  /** What does not change while one looks at it. */
  facts: ReactNode;
  start: Start;
  /** Absent where the asker may only look. */
  acts: EnvironmentActs | undefined;
  /** Packages that come with a generated password. */
  secretive: readonly string[];
};

/** An environment's page, current by itself. */
export function EnvironmentLive({ id, name, place, facts, start, acts, secretive }: LiveProps) {
  const { environment, feed, connected, refresh } = useEnvironment(id, start);
  const { state, progress, nodes, lastError } = environment;
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            {name}
            <span role="status">
              <StateBadge state={state} />
            </span>
          </span>
        }
        lead={place}
        actions={acts && <EnvironmentActions {...{ name, environment, acts, refresh }} />}
      />
      <div className="flex flex-col gap-5">
        {facts}
        {!connected && (
          <Notice tone="warn">The line to CloudHero is lost; this page may be behind. Reconnecting …</Notice>
        )}
        {lastError && !nodes.some(({ error }) => error === lastError) && <Notice tone="bad">{lastError}</Notice>}
        {state === "deleted" && <Notice>All servers are gone. This page stays for a day.</Notice>}
        <div className="flex items-center gap-4">
          <progress
            className="flex-1"
            value={progress.ready}
            max={Math.max(progress.total, 1)}
            aria-label="Servers that are ready"
          />
          <span className="tabular text-ink-soft">{readiness(environment)}</span>
        </div>
        <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
          <section aria-label="Nodes">
            <ul className="flex flex-col gap-3">
              {nodes.map((node) => (
                <li key={node.name} className="[content-visibility:auto] [contain-intrinsic-size:auto_9rem]">
                  <NodeCard
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
      {open && <NodeLog lines={lines} label="Preparation log" />}
    </>
  );
}

/** How many servers are as they should be, in words. */
function readiness({ wish, progress: { ready, total }, nodes }: LiveEnvironment): string {
  if (wish !== "stop") return `${ready} of ${total} ready`;
  return `${nodes.filter(({ state }) => state === "stopped").length} of ${total} stopped`;
}
