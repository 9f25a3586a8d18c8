import { eq } from "drizzle-orm";
import { environments } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { onEvents } from "#lib/db/events.ts";
import { type EnvironmentState, isAtRest } from "#lib/model/states.ts";

const lookEveryMs = 5_000;

/** The environment's state once it rests, or as it is when `seconds` are over. */
export async function waitForRest(
  ctx: Context,
  id: string,
  seconds: number,
  signal?: AbortSignal,
): Promise<EnvironmentState> {
  const until = Date.now() + seconds * 1000;
  let wake = () => {};
  const stop = await onEvents(id, () => wake());
  const onAbort = () => wake();
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const [row] = await ctx.db
        .select({ state: environments.state })
        .from(environments)
        .where(eq(environments.id, id));
      const state = row?.state ?? "deleted";
      const leftMs = until - Date.now();
      if (isAtRest(state) || leftMs <= 0 || signal?.aborted) return state;
      const timer = setTimeout(() => wake(), Math.min(leftMs, lookEveryMs));
      await woken;
      clearTimeout(timer);
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    stop();
  }
}
