"use client";

import { Card } from "#components/ui/card.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { type FeedEvent, shownEvents } from "./feed.ts";

/** What happened, newest first. */
export function Timeline({ events }: { events: readonly FeedEvent[] }) {
  const newest = events.slice(-shownEvents).reverse();
  return (
    <Card>
      <h2 className="border-line border-b px-4 py-3 font-semibold">Timeline</h2>
      {newest.length === 0 ? (
        <p className="px-4 py-3 text-ink-faint">Nothing has happened yet.</p>
      ) : (
        <ol
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
          aria-label="Timeline"
          className="max-h-[32rem] overflow-y-auto px-4 py-3"
        >
          {newest.map((event) => (
            <Entry key={event.id} event={event} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function Entry({ event: { kind, nodeName, message, at } }: { event: FeedEvent }) {
  const isMajor = kind === "environment" || kind === "notice";
  return (
    <li className="relative border-line border-l pb-3 pl-4 last:pb-0">
      <span
        aria-hidden
        className={`-left-[4.5px] absolute top-1.5 size-2 rounded-full ring-4 ring-surface ${isMajor ? "bg-accent" : "bg-line-strong"}`}
      />
      <p className={`break-words ${isMajor ? "font-medium" : "text-ink-soft"}`}>
        {nodeName && <span className="font-medium text-ink">{nodeName} </span>}
        {nodeName && message.startsWith(`${nodeName} `) ? message.slice(nodeName.length + 1) : message}
      </p>
      <p className="text-ink-faint text-xs">
        <RelativeTime at={at} />
      </p>
    </li>
  );
}
