import { and, asc, desc, eq, gt } from "drizzle-orm";
import { events } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { onEvents } from "#lib/db/events.ts";
import { environmentRows } from "./get.ts";

export type EnvironmentEvent = typeof events.$inferSelect;

const batch = 500;

/** What happened to an environment after the event `after`, oldest first; without `after`, the newest `limit`. */
export async function listEvents(
  ctx: Context,
  id: string,
  { after, limit }: { after?: number; limit: number },
): Promise<EnvironmentEvent[]> {
  await environmentRows(ctx, id);
  if (after !== undefined) return eventsAfter(ctx, id, after, limit);
  const newest = await ctx.db
    .select()
    .from(events)
    .where(eq(events.environmentId, id))
    .orderBy(desc(events.id))
    .limit(limit);
  return newest.reverse();
}

/** Each event after `after` as it is committed, until `signal`; null at least every 15 s, to keep a connection alive. */
export async function* followEvents(
  ctx: Context,
  id: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<EnvironmentEvent | null> {
  await environmentRows(ctx, id);
  let last = after;
  let wake = () => {};
  const stop = await onEvents(id, () => wake());
  signal.addEventListener("abort", () => wake(), { once: true });
  try {
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const fresh = await eventsAfter(ctx, id, last, batch);
      for (const event of fresh) yield event;
      last = fresh.at(-1)?.id ?? last;
      if (fresh.length === batch) continue;
      if (fresh.length === 0) yield null;
      const timer = setTimeout(() => wake(), 15_000);
      if (!signal.aborted) await woken;
      clearTimeout(timer);
    }
  } finally {
    stop();
  }
}

function eventsAfter(ctx: Context, id: string, after: number, limit: number): Promise<EnvironmentEvent[]> {
  const wanted = and(eq(events.environmentId, id), gt(events.id, after));
  return ctx.db.select().from(events).where(wanted).orderBy(asc(events.id)).limit(limit);
}
