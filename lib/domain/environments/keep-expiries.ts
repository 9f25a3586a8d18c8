import { and, asc, eq, lte, ne } from "drizzle-orm";
import { environments } from "#drizzle/schema/index.ts";
import type { Context, Queryable } from "#lib/context.ts";
import type { Database } from "#lib/db/client.ts";
import { appendEvents } from "#lib/db/events.ts";
import { inWords, warningDue } from "#lib/model/expiry.ts";
import { inTurn } from "../duty.ts";
import type { EnvironmentRow } from "./view.ts";
import { deleteEnvironment } from "./wish.ts";

const most = 2000;
const dayMs = 24 * 3_600_000;

/** What ends within a day. */
const nearing = (now: Date) =>
  and(
    lte(environments.expiresAt, new Date(now.getTime() + dayMs)),
    ne(environments.wish, "delete"),
    eq(environments.protected, false),
  );

/** Deletes what has lived its time by `now`, and warns of what will have soon; each once, however many workers do this. */
export async function keepExpiries(db: Database, now = new Date()): Promise<{ deleted: number; warned: number }> {
  const { id, expiresAt, expiryWarnedAt } = environments;
  const rows = await db
    .select({ id, expiresAt, expiryWarnedAt })
    .from(environments)
    .where(nearing(now))
    .orderBy(asc(expiresAt))
    .limit(most);
  const done = { deleted: 0, warned: 0 };
  for (const row of rows) {
    if (!isDue(row, now)) continue;
    const act = await inTurn(db, "time to live", and(eq(id, row.id), nearing(now)), (ctx, locked) =>
      keep(ctx, locked, now),
    );
    if (act) done[act] += 1;
  }
  return done;
}

const isDue = ({ expiresAt, expiryWarnedAt }: Pick<EnvironmentRow, "expiresAt" | "expiryWarnedAt">, now: Date) =>
  expiresAt !== null && (expiresAt <= now || warningDue(expiresAt, expiryWarnedAt, now) !== null);

async function keep(ctx: Context, row: EnvironmentRow, now: Date): Promise<"deleted" | "warned" | null> {
  if (!row.expiresAt) return null;
  if (row.expiresAt <= now) {
    await deleteEnvironment(ctx, row.id);
    return "deleted";
  }
  const due = warningDue(row.expiresAt, row.expiryWarnedAt, now);
  if (!due) return null;
  await warn(ctx.db, row, row.expiresAt, now);
  await ctx.db.update(environments).set({ expiryWarnedAt: due.toldUntil }).where(eq(environments.id, row.id));
  return "warned";
}

async function warn(tx: Queryable, { id, name }: EnvironmentRow, expiresAt: Date, now: Date): Promise<void> {
  const left = inWords(expiresAt.getTime() - now.getTime());
  const message = `${name} is deleted in ${left}, when its time to live ends, unless that is extended`;
  await appendEvents(tx, id, [
    { kind: "notice", message, data: { expiring: true, expiresAt: expiresAt.toISOString() } },
  ]);
}
