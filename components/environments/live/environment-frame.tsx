"use client";

import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { CopyActions } from "../copy-actions.tsx";
import { StateBadge } from "../state-badge.tsx";
import type { EnvironmentActs } from "./acts.ts";
import { EnvironmentActions } from "./environment-actions.tsx";
import { LiveContext } from "./environment-context.ts";
import { type Start, useEnvironment } from "./use-environment.ts";

/** Fetched where there is an end alone. */
const ExpiryBanner = lazy(() => import("./expiry-banner.tsx").then((found) => ({ default: found.ExpiryBanner })));

type FrameProps = {
  id: string;
  name: string;
  /** Where it is: application, provider, region, age. */
  place: ReactNode;
  start: Start;
  /** Absent where the asker may only look. */
  acts: EnvironmentActs | undefined;
  children: ReactNode;
};

/** The header over an environment's pages, and for all of them the environment as it is now. */
export function EnvironmentFrame({ id, name, place, start, acts, children }: FrameProps) {
  const { environment, feed, connected, refresh } = useEnvironment(id, start);
  const live = useMemo(
    () => ({ id, name, environment, feed, refresh, acts }),
    [id, name, environment, feed, refresh, acts],
  );
  return (
    <LiveContext value={live}>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            {name}
            <span role="status">
              <StateBadge state={environment.state} />
            </span>
          </span>
        }
        lead={place}
        actions={
          acts && (
            <>
              <CopyActions id={id} name={name} />
              <EnvironmentActions {...{ id, name, environment, acts, refresh }} />
            </>
          )
        }
      />
      {!connected && (
        <div className="mb-5">
          <Notice tone="warn">The line to CloudHero is lost; this page may be behind. Reconnecting …</Notice>
        </div>
      )}
      {environment.expiresAt && (
        <Suspense>
          <ExpiryBanner {...{ environment, acts, refresh }} />
        </Suspense>
      )}
      {children}
    </LiveContext>
  );
}
