import { eventKinds, type FeedEvent } from "./feed.ts";

const batchMs = 120;
const reconnectMs = 3000;

type Listener = {
  onEvents: (events: FeedEvent[]) => void;
  /** Also each time that the line is up again after it was lost. */
  onOpen: () => void;
  onLost: () => void;
};

/** Follows an environment's events after the event `after`, in batches, over any number of lost lines; answers how to stop. */
export function followEvents(id: string, after: number, { onEvents, onOpen, onLost }: Listener): () => void {
  let last = after;
  let source: EventSource | undefined;
  let reconnect: ReturnType<typeof setTimeout> | undefined;
  let flush: ReturnType<typeof setTimeout> | undefined;
  let waiting: FeedEvent[] = [];

  const deliver = () => {
    flush = undefined;
    const batch = waiting;
    waiting = [];
    onEvents(batch);
  };
  const take = (message: MessageEvent<string>) => {
    last = Number(message.lastEventId) || last;
    waiting.push(JSON.parse(message.data));
    flush ??= setTimeout(deliver, batchMs);
  };
  const connect = () => {
    clearTimeout(reconnect);
    source?.close();
    source = new EventSource(`/environments/${id}/events?after=${last}`);
    source.onopen = onOpen;
    source.onerror = () => {
      onLost();
      // Otherwise the browser itself reconnects, and sends Last-Event-ID.
      if (source?.readyState === EventSource.CLOSED) reconnect = setTimeout(connect, reconnectMs);
    };
    for (const kind of eventKinds) source.addEventListener(kind, take);
  };
  const wake = () => {
    if (document.visibilityState === "visible" && source?.readyState !== EventSource.OPEN) connect();
  };

  connect();
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  return () => {
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("online", wake);
    clearTimeout(reconnect);
    clearTimeout(flush);
    source?.close();
  };
}
