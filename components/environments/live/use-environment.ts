import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { addEvents, beginFeed, type FeedEvent } from "./feed.ts";
import { followEvents } from "./follow-events.ts";
import { type LiveEnvironment, liveFromApi } from "./live-environment.ts";

const refreshMs = 250;
const timeoutMs = 15_000;
const lookEveryMs = 30_000;

export type Start = {
  environment: LiveEnvironment;
  /** What is on the timeline already. */
  past: FeedEvent[];
  /** The event after which output is shown. */
  after: number;
};

/** An environment as it is now, kept current by its events; `connected` is false while the line is lost. */
export function useEnvironment(id: string, { environment: initial, past, after: first }: Start) {
  // A page that is drawn again goes on with the line that it has.
  const [after] = useState(first);
  const [environment, setEnvironment] = useState(initial);
  const [feed, add] = useReducer(addEvents, beginFeed(past, after));
  const [connected, setConnected] = useState(true);
  const refresh = useRef(() => {});

  useEffect(() => {
    const reader = newReader(id, setEnvironment);
    refresh.current = reader.refresh;
    const stop = followEvents(id, after, {
      onEvents: (events) => {
        add(events);
        if (events.some(({ kind }) => kind !== "log")) reader.refresh();
      },
      onOpen: () => {
        setConnected(true);
        reader.refresh();
      },
      onLost: () => setConnected(false),
      onWake: reader.refresh,
    });
    // A line that died without a word brings no event: the truth comes all the same.
    const timer = setInterval(() => document.visibilityState === "visible" && reader.refresh(), lookEveryMs);
    return () => {
      clearInterval(timer);
      stop();
      reader.stop();
    };
  }, [id, after]);

  const refreshNow = useCallback(() => refresh.current(), []);
  return { environment, feed, connected, refresh: refreshNow };
}

/** Reads the environment again after a short while, however often it is asked to; one read at a time. */
function newReader(id: string, onRead: (environment: LiveEnvironment) => void) {
  const left = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isReading = false;
  const read = async () => {
    timer = undefined;
    isReading = true;
    try {
      const signal = AbortSignal.any([left.signal, AbortSignal.timeout(timeoutMs)]);
      const response = await fetch(`/environments/${id}`, { signal });
      if (response.status === 401) location.reload();
      if (response.ok) onRead(liveFromApi(await response.json()));
    } catch {
      // The line is down: its reopening asks again.
    } finally {
      isReading = false;
    }
  };
  const refresh = () => {
    if (left.signal.aborted) return;
    timer ??= setTimeout(() => (isReading ? again() : read()), refreshMs);
  };
  const again = () => {
    timer = undefined;
    refresh();
  };
  const stop = () => {
    clearTimeout(timer);
    left.abort();
  };
  return { refresh, stop };
}
