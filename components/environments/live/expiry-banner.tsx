"use client";

import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { sayUnanswered } from "#components/ui/unanswered.ts";
import type { EnvironmentActs } from "./acts.ts";
import type { LiveEnvironment } from "./live-environment.ts";

const dayMs = 24 * 3_600_000;
const steps = [
  ["+1 day", dayMs],
  ["+1 week", 7 * dayMs],
  ["Never", null],
] as const;

type BannerProps = { environment: LiveEnvironment; acts: EnvironmentActs | undefined; refresh: () => void };

/** Says when an environment ends within a day, with what puts that off. */
export function ExpiryBanner({ environment, acts, refresh }: BannerProps) {
  const [refused, setRefused] = useState<string>();
  const [busy, startTransition] = useTransition();
  const { expiresAt, wish } = environment;
  const end = expiresAt ? Date.parse(expiresAt) : Number.POSITIVE_INFINITY;
  if (!expiresAt || wish === "delete" || end > Date.now() + dayMs) return null;
  const put = (ms: number | null) =>
    startTransition(async () => {
      const later = ms === null ? null : new Date(Math.max(end, Date.now()) + ms).toISOString();
      setRefused(await acts?.extend(later).catch(sayUnanswered));
      refresh();
    });
  return (
    <section aria-label="End of its life" className="mb-5">
      <Notice
        tone="warn"
        actions={
          acts &&
          steps.map(([label, ms]) => (
            <Button key={label} size="small" disabled={busy} aria-busy={busy} onClick={() => put(ms)}>
              {label}
            </Button>
          ))
        }
      >
        {environment.protected ? (
          <>
            Its time to live ends or has ended (<RelativeTime at={expiresAt} />
            ); it stays, because it is protected.
          </>
        ) : (
          <>
            Deleted with all its servers <RelativeTime at={expiresAt} />, when its time to live ends.
          </>
        )}
        {refused && <p className="mt-1 font-medium text-bad">{refused}</p>}
      </Notice>
    </section>
  );
}
