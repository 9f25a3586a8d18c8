import { and, asc, eq, lte, ne } from "drizzle-orm";
import { environments } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import type { Database } from "#lib/db/client.ts";
import { lastTurn } from "#lib/model/schedule.ts";
import { inTurn } from "../duty.ts";
import { dueAfter } from "./lifecycle.ts";
import type { EnvironmentRow } from "./view.ts";
import { startEnvironment, stopEnvironment } from "./wish.ts";

const most = 200;
const verbs = { run: startEnvironment, stop: stopEnvironment };

const due = (now: Date) => and(lte(environments.scheduleDueAt, now), ne(environments.wish, "delete"));

/** Starts and stops what schedules say by `now`, each turn once however many workers do this; answers how many wishes it made. */
export async function keepSchedules(db: Database, now = new Date()): Promise<number> {
  const rows = await db
    .select({ id: environments.id })
    .from(environments)
    .where(due(now))
    .orderBy(asc(environments.scheduleDueAt))
    .limit(most);
  let wishes = 0;
  for (const { id } of rows) {
    const wanted = and(eq(environments.id, id), due(now));
    if (await inTurn(db, "schedule", wanted, (ctx, row) => takeTurn(ctx, row, now))) wishes += 1;
  }
  return wishes;
}

/** Of several turns that were missed, the last one counts; what is as wished is left alone. Answers whether it made a wish. */
async function takeTurn(ctx: Context, { id, schedule, wish }: EnvironmentRow, now: Date): Promise<boolean> {
  const turn = schedule && lastTurn(schedule, now);
  const isNews = turn !== null && turn.wish !== wish;
  if (isNews) await verbs[turn.wish](ctx, id);
  const scheduleDueAt = schedule && dueAfter(schedule, now);
  await ctx.db.update(environments).set({ scheduleDueAt }).where(eq(environments.id, id));
  return isNews;
}
