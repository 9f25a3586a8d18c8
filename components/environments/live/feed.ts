export const eventKinds = ["environment", "node", "step", "log", "notice"] as const;

/** An event as the browser gets it; `at` is an ISO date. */
export type FeedEvent = {
  id: number;
  kind: (typeof eventKinds)[number];
  nodeName: string | null;
  message: string;
  at: string;
};

/** What has happened: the timeline without output, and each node's own lines; "" is the environment's. Oldest first. */
export type Feed = {
  last: number;
  timeline: readonly FeedEvent[];
  logs: Readonly<Record<string, readonly FeedEvent[]>>;
};

/** A feed that shows what is `past` already, and takes its output from the event `after` on. */
export const beginFeed = (past: readonly FeedEvent[], after: number): Feed => ({
  last: after,
  timeline: past,
  logs: {},
});

/** Entries of the timeline that are shown, and come with the page. */
export const shownEvents = 60;
const mostLines = 500;
const mostEntries = 200;

/** The feed with a batch of events in order; what it has already is left out, what is too old falls off. */
export function addEvents(feed: Feed, batch: readonly FeedEvent[]): Feed {
  const fresh = batch.filter((event) => event.id > feed.last);
  const newest = fresh.at(-1);
  if (!newest) return feed;
  const shown = feed.timeline.at(-1)?.id ?? 0;
  const unseen = fresh.filter((event) => event.kind !== "log" && event.id > shown);
  const timeline = [...feed.timeline, ...unseen].slice(-mostEntries);
  const logs = { ...feed.logs };
  for (const [name, events] of Map.groupBy(fresh, (event) => event.nodeName ?? ""))
    logs[name] = [...(logs[name] ?? []), ...(name === "" ? events.filter(({ kind }) => kind === "log") : events)].slice(
      -mostLines,
    );
  return { last: newest.id, timeline, logs };
}
