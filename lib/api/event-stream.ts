import { AppError } from "#lib/errors.ts";

type Sent = { id: number; kind: string };

const againEveryMs = 5_000;

/**
 * Events as server-sent events: event name, id, and the whole event as JSON; null is a comment that keeps the line alive.
 * `again` throws AppError once the session, token or membership by which they were asked for is gone: they end soon after.
 */
export function eventStream(
  source: (signal: AbortSignal) => AsyncIterable<Sent | null>,
  request: Request,
  again: () => Promise<unknown>,
): Response {
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, request.signal]);
  const encoder = new TextEncoder();
  const iterator = source(signal)[Symbol.asyncIterator]();
  const ask = () => again().catch((error) => error instanceof AppError && ended.abort());
  const timer = setInterval(ask, againEveryMs).unref();
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode("retry: 2000\n\n")),
    async pull(controller) {
      const { value, done } = await iterator.next();
      if (done) {
        ended.abort();
        return controller.close();
      }
      controller.enqueue(encoder.encode(value ? frame(value) : ": still here\n\n"));
    },
    async cancel() {
      ended.abort();
      await iterator.return?.();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    },
  });
}

const frame = (event: Sent) => `id: ${event.id}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`;
