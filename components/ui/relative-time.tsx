"use client";

import { useEffect, useState } from "react";
import { ago } from "./ago.ts";

const refreshMs = 20_000;

/** How long ago, kept current; the full date on hover. `at` is an ISO date. */
export function RelativeTime({ at }: { at: string }) {
  const [, setTick] = useState(0);
  const [full, setFull] = useState(at);
  useEffect(() => {
    setFull(new Date(at).toLocaleString());
    const timer = setInterval(() => setTick((tick) => tick + 1), refreshMs);
    return () => clearInterval(timer);
  }, [at]);
  return (
    <time dateTime={at} title={full} className="tabular whitespace-nowrap" suppressHydrationWarning>
      {ago(Date.parse(at), Date.now())}
    </time>
  );
}
