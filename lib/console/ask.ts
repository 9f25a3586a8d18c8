import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "#lib/context.ts";
import { AppError, type ErrorCode, messageOf } from "#lib/errors.ts";
import { messageIn, missingIn } from "#lib/gateway/answer.ts";
import { askInside, type Question, type Reply } from "#lib/gateway/inside.ts";

/** A page waits no longer for what it shows. */
const readMs = 8_000;
const changeMs = 60_000;

/** What a cluster answered, and the names of nodes that did not. */
export type Seen<T> = { value: T; missing: string[] };

export type Asked = Omit<Question, "signal" | "path"> & { timeoutMs?: number };

/** Reads from a cluster as the asker's own Docker client would. Throws AppError in the engine's words. */
export async function see<T>(ctx: Context, environmentId: string, path: string, asked: Asked = {}): Promise<Seen<T>> {
  const reply = await ask(ctx, environmentId, path, { timeoutMs: readMs, ...asked });
  return { value: JSON.parse(reply.body.toString("utf8")) as T, missing: missingIn(reply.headers.warning) };
}

/** Changes something in a cluster; audited by the gateway as every client's change is. Throws AppError in the engine's words. */
export const change = (
  ctx: Context,
  environmentId: string,
  path: string,
  { method = "POST", ...asked }: Asked = {},
): Promise<Reply> => ask(ctx, environmentId, path, { method, ...asked });

async function ask(ctx: Context, environmentId: string, path: string, { timeoutMs = changeMs, ...asked }: Asked) {
  const signal = AbortSignal.timeout(timeoutMs);
  const reply = await askInside(ctx, environmentId, { ...asked, path, signal }).catch((cause) => {
    const words = signal.aborted ? `no answer within ${Math.round(timeoutMs / 1000)} s` : messageOf(cause);
    throw new AppError("cloud_refused", `The cluster does not answer: ${words}.`, { cause });
  });
  if (reply.status >= 400) throw refusalOf(reply);
  return reply;
}

/** An engine that has much to do may be silent for a moment; what found nobody to ask is tried so often, so much later. */
const triesAtMost = 4;
const pauseMs = 3_000;

export async function patiently<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof AppError && error.code === "unavailable") || tries === triesAtMost) throw error;
      await sleep(pauseMs);
    }
  }
}

const codes: Record<number, ErrorCode> = {
  400: "invalid",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  // Nobody was asked: it may be tried again.
  503: "unavailable",
};

/** An engine's refusal as one of ours; its own words are meant for the person who asked. */
export function refusalOf({ status, body }: Pick<Reply, "status" | "body">): AppError {
  const message = messageIn(body) ?? `The engine answers ${status}.`;
  return new AppError(codes[status] ?? "cloud_refused", readable(message));
}

/** "rpc error: code = InvalidArgument desc = name conflicts" says the last part. */
const readable = (message: string) => message.replace(/^rpc error: code = \w+ desc = /, "").trim();
