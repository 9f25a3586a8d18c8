import { and, asc, eq, lte, ne } from "drizzle-orm";
import { environments, organisations } from "#drizzle/schema/index.ts";
import type { Database } from "#lib/db/client.ts";
import { lastTurn } from "#lib/model/schedule.ts";
import { dutyContext } from "../duty.ts";
import { dueAfter } from "./lifecycle.ts";
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
  for (const { id } of rows) if (await takeTurn(db, id, now)) wishes += 1;
  return wishes;
}

/** Of several turns that were missed, the last one counts. A worker that holds the row does it; what is as wished is left alone. */
function takeTurn(db: Database, id: string, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [found] = await tx
      .select({ environment: environments, organisation: organisations })
      .from(environments)
      .innerJoin(organisations, eq(organisations.id, environments.organisationId))
      .where(and(eq(environments.id, id), due(now)))
      .for("no key update", { of: environments, skipLocked: true });
    if (!found) return false;
    const { schedule, wish } = found.environment;
    const turn = schedule && lastTurn(schedule, now);
    const isNews = turn !== null && turn.wish !== wish;
    if (isNews) await verbs[turn.wish](dutyContext(tx, found.organisation, "schedule"), id);
    const scheduleDueAt = schedule && dueAfter(schedule, now);
    await tx.update(environments).set({ scheduleDueAt }).where(eq(environments.id, id));
    return isNews;
  });
}
