import { expect, test } from "vitest";
import { addEvents, beginFeed, type FeedEvent } from "#components/environments/live/feed.ts";

const event = (id: number, kind: FeedEvent["kind"], nodeName: string | null = "web"): FeedEvent => ({
  id,
  kind,
  nodeName,
  message: `event ${id}`,
  at: "2026-11-23T14:00:00.000Z",
});
const ids = (events: readonly FeedEvent[] | undefined) => events?.map(({ id }) => id);

test("an event that comes twice is shown once", () => {
  const once = addEvents(beginFeed([], 0), [event(1, "node"), event(2, "log")]);
  const twice = addEvents(once, [event(1, "node"), event(2, "log"), event(3, "step")]);
  expect(ids(twice.timeline)).toEqual([1, 3]);
  expect(ids(twice.logs.web)).toEqual([1, 2, 3]);
});

test("what came with the page is not repeated on the timeline, and still leads its node's log", () => {
  const feed = addEvents(beginFeed([event(5, "node")], 3), [event(4, "log"), event(5, "node"), event(6, "step")]);
  expect(ids(feed.timeline)).toEqual([5, 6]);
  expect(ids(feed.logs.web)).toEqual([4, 5, 6]);
});

test("output of no node is kept apart from the environment's own events", () => {
  const feed = addEvents(beginFeed([], 0), [event(1, "environment", null), event(2, "log", null)]);
  expect(ids(feed.timeline)).toEqual([1]);
  expect(ids(feed.logs[""])).toEqual([2]);
});

test("a log and the timeline stay bounded, and keep the newest", () => {
  const many = Array.from({ length: 3000 }, (_, index) => event(index + 1, index % 2 ? "log" : "step"));
  const feed = addEvents(beginFeed([], 0), many);
  expect(feed.logs.web).toHaveLength(500);
  expect(feed.timeline).toHaveLength(200);
  expect(feed.logs.web!.at(-1)!.id).toBe(3000);
});
