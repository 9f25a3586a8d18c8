"use client";

import { ArrowDown } from "lucide-react";
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { type LogLine, type Wanted, wantedLines } from "./line.ts";
import { LogLines } from "./log-lines.tsx";
import { LogTools } from "./log-tools.tsx";

const nearPx = 24;

type ViewProps = {
  lines: readonly LogLine[];
  label: string;
  /** What there is to say about it: "following", "paused", "ended". */
  status: ReactNode;
  empty: string;
  /** Steps by which lines can be chosen. */
  phases?: readonly string[];
  /** The line that the address names; shown first. */
  marked?: number;
  linkOf?: (line: LogLine) => string;
  /** Buttons and links of its own, beside those of every log. */
  actions: ReactNode;
};

/** A log that one searches, filters, wraps and follows. Follows the newest line until one scrolls up. */
export function LogView({ lines, label, status, empty, phases = [], marked, linkOf, actions }: ViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState<Wanted>({ search: "", level: "all", phase: "" });
  const [follows, setFollows] = useState(marked === undefined);
  const [wraps, setWraps] = useState(true);
  const [showsTimes, setShowsTimes] = useState(true);
  const asked = useDeferredValue(wanted);
  const shown = useMemo(() => wantedLines(lines, asked), [lines, asked]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines move the end.
  useEffect(() => {
    if (follows) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [shown, follows, wraps]);
  useEffect(() => {
    if (marked !== undefined) document.getElementById(`line-${marked}`)?.scrollIntoView({ block: "center" });
  }, [marked]);
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current!;
    setFollows(scrollHeight - scrollTop - clientHeight < nearPx);
  };
  return (
    <section
      aria-label={label}
      className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-md border border-line bg-surface"
    >
      <LogTools
        {...{ wanted, setWanted, phases, wraps, showsTimes }}
        toggleWraps={() => setWraps(!wraps)}
        toggleTimes={() => setShowsTimes(!showsTimes)}
        actions={actions}
      />
      <div className="relative min-h-0 flex-1 bg-console">
        <LogLines
          {...{ box, label, wraps, showsTimes, marked, linkOf, onScroll }}
          lines={shown}
          search={asked.search}
        />
        {shown.length === 0 && (
          <p className="absolute inset-x-0 top-0 px-4 py-3 text-console-faint">
            {lines.length === 0 ? empty : "No line is like that."}
          </p>
        )}
        {!follows && shown.length > 0 && (
          <button
            type="button"
            onClick={() => setFollows(true)}
            className="absolute right-5 bottom-4 inline-flex items-center gap-1.5 rounded-full bg-surface px-3 py-1.5 font-medium text-ink text-xs shadow-md"
          >
            <ArrowDown className="size-3.5" aria-hidden />
            Follow
          </button>
        )}
      </div>
      <p role="status" className="flex flex-wrap gap-x-3 border-line border-t px-3 py-1.5 text-ink-faint text-xs">
        <span>{countOf(shown.length, lines.length)}</span>
        <span>{status}</span>
      </p>
    </section>
  );
}

function countOf(shown: number, all: number): string {
  const lines = `${all.toLocaleString("en")} ${all === 1 ? "line" : "lines"}`;
  return shown === all ? lines : `${shown.toLocaleString("en")} of ${lines}`;
}
