"use client";

import { ArrowDown } from "lucide-react";
import { memo, useEffect, useRef, useState } from "react";
import type { FeedEvent } from "./feed.ts";

const nearPx = 24;

/** A node's output. Follows the newest line until one scrolls up; then a button leads back down. */
export const NodeLog = memo(function NodeLog({ lines, label }: { lines: readonly FeedEvent[]; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);
  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines move the end.
  useEffect(() => {
    if (follows) toEnd();
  }, [lines, follows]);
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current!;
    setFollows(scrollHeight - scrollTop - clientHeight < nearPx);
  };
  return (
    <div className="relative">
      <div
        ref={box}
        role="log"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        onScroll={onScroll}
        className="h-72 overflow-auto rounded-md bg-console px-4 py-3 font-mono text-console-ink text-xs leading-relaxed"
      >
        {lines.length === 0 && <p className="text-console-faint">No output yet.</p>}
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </div>
      {!follows && (
        <button
          type="button"
          onClick={() => setFollows(true)}
          className="absolute right-4 bottom-3 inline-flex items-center gap-1.5 rounded-full bg-surface px-3 py-1.5 font-medium text-ink text-xs shadow-md"
        >
          <ArrowDown className="size-3.5" aria-hidden />
          Newest
        </button>
      )}
    </div>
  );
});

function Line({ line: { kind, message } }: { line: FeedEvent }) {
  if (kind === "log") return <p className="whitespace-pre-wrap break-words">{message}</p>;
  if (kind === "step") return <p className="mt-2 font-semibold first:mt-0">{message}</p>;
  return <p className="text-console-faint">{message}</p>;
}
