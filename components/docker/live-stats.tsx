"use client";

import { useEffect, useState } from "react";
import type { ContainerStats } from "#lib/console/stats.ts";
import { bytesText, memoryText } from "./sizes.ts";

const everyMs = 4_000;

/** What a running container uses, measured anew while the page is looked at. */
export function LiveStats({ read }: { read: () => Promise<ContainerStats | null> }) {
  const [stats, setStats] = useState<ContainerStats | null>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let gone = false;
    const measure = async () => {
      if (document.visibilityState === "visible") {
        const seen = await read().catch(() => null);
        if (!gone) setStats(seen);
      }
      if (!gone) timer = setTimeout(measure, everyMs);
    };
    void measure();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [read]);
  if (stats === null) return <p className="text-ink-soft">Its node does not measure it now.</p>;
  const { cpu, memory, limit, received, sent, processes } = stats ?? {};
  const figures = [
    ["Processor", cpu === undefined ? "…" : `${(cpu * 100).toFixed(1)} %`],
    ["Memory", memory === undefined ? "…" : `${memoryText(memory)} of ${memoryText(limit ?? 0)}`],
    ["Received", received === undefined ? "…" : bytesText(received)],
    ["Sent", sent === undefined ? "…" : bytesText(sent)],
    ["Processes", processes === undefined ? "…" : String(processes)],
  ] as const;
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {figures.map(([label, value]) => (
        <div key={label} className="flex items-baseline gap-2">
          <dt className="text-ink-soft">{label}</dt>
          <dd className="tabular font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
