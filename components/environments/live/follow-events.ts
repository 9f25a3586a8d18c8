import { onWaking } from "#components/ui/on-waking.ts";
import { eventKinds, type FeedEvent } from "./feed.ts";

const batchMs = 120;
const reconnectMs = 3000;

type Listener = {
  onEvents: (events: FeedEvent[]) => void;
  /** Also each time that the line is up again after it was lost. */
  onOpen: () => void;
  onLost: () => void;
  /** The page is looked at again, or the machine is back: what is shown may be old. */
  onWake?: () => void;
};

/** Follows an environment's events after the event `after`, in batches, over any number of lost lines; answers how to stop. */
export function followEvents(id: string, after: number, { onEvents, onOpen, onLost, onWake }: Listener): () => void {
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
  // A line may be dead and not know it: after a sleep it is given up, whatever it says of itself.
  const wake = () => {
    onWake?.();
    connect();
  };
  connect();
  const stopWaking = onWaking(wake);
  return () => {
    stopWaking();
    clearTimeout(reconnect);
    clearTimeout(flush);
    source?.close();
  };
}
