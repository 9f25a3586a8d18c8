"use client";

import { lazy, Suspense } from "react";
import { TallSkeleton } from "#components/ui/tall-skeleton.tsx";

const Terminal = lazy(() => import("./terminal.tsx").then((module) => ({ default: module.Terminal })));

/** The same as Terminal, whose script comes after the page's own. */
export function TerminalBox(props: { url: string; label: string }) {
  return (
    <Suspense fallback={<TallSkeleton />}>
      <Terminal {...props} />
    </Suspense>
  );
}
