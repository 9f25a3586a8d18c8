import type { Dispatcher } from "undici";
import type { Engine } from "./cluster.ts";
import { closeIdle, foundItDead, poolOf } from "./kept.ts";

/** The most that is kept in memory of one answer. */
const bodyLimitBytes = 64 * 1024 * 1024;

export type Asked = {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** Instead of `body`: JSON as it is to be sent. */
  text?: Buffer;
  timeoutMs: number;
  signal?: AbortSignal;
  /** Is told how to end it, with a reason; answers how to stop, which is called when it has ended. */
  watch?: (end: (reason: Error) => void) => () => void;
};
export type Answered = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };

/**
 * One small request to an engine, answered whole. A question that found its connection dead is asked once more. Throws
 * where the node does not answer within `timeoutMs`.
 */
export function ask(engine: Engine, asked: Asked): Promise<Answered> {
  const { method = "GET", timeoutMs, signal, watch } = asked;
  const { promise, resolve, reject } = Promise.withResolvers<Answered>();
  let ended: Error | undefined;
  let running: Dispatcher.DispatchController | undefined;
  const end = (reason: Error) => {
    ended ??= reason;
    running?.abort(ended);
    // One that waits for its connection waits no longer.
    reject(ended);
  };
  const dispatch = (isAgain: boolean) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let begun: Omit<Answered, "body"> | undefined;
    poolOf(engine).dispatch(request(asked, method), {
      onRequestStart(controller) {
        running = controller;
        if (ended) controller.abort(ended);
      },
      onResponseStart(_, status, headers) {
        begun = { status, headers };
      },
      onResponseData(_, chunk) {
        size += chunk.length;
        if (size > bodyLimitBytes) end(new Error(`${engine.name} answers with more than 64 MiB`));
        else chunks.push(chunk);
      },
      onResponseEnd: () => resolve({ ...begun!, body: Buffer.concat(chunks) }),
      onResponseError(_, error) {
        if (isAgain || ended || begun || !foundItDead(method, error)) return reject(error);
        closeIdle(engine);
        dispatch(true);
      },
    });
  };
  const leave = () => end(signal!.reason);
  const late = setTimeout(() => end(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  const unwatch = watch?.(end);
  signal?.addEventListener("abort", leave, { once: true });
  if (signal?.aborted) leave();
  else dispatch(false);
  return promise.finally(() => {
    clearTimeout(late);
    unwatch?.();
    signal?.removeEventListener("abort", leave);
  });
}

function request({ path, headers = {}, body, text }: Asked, method: string): Dispatcher.DispatchOptions {
  const content = text ?? (body === undefined ? null : Buffer.from(JSON.stringify(body)));
  const type = content ? { "content-type": "application/json" } : {};
  return { method, path, headers: { host: "docker", ...headers, ...type }, body: content };
}

export const get = (engine: Engine, path: string, timeoutMs: number) => ask(engine, { path, timeoutMs });

export const jsonOf = <T>({ body }: Answered): T => JSON.parse(body.toString("utf8"));
