import { and, desc, eq, gt, sql } from "drizzle-orm";
import { organisations, sessions } from "#drizzle/schema/index.ts";
import { requireSession } from "#lib/auth/require.ts";
import { endSession } from "#lib/auth/sessions.ts";
import type { Context } from "#lib/context.ts";
import { notFound } from "#lib/errors.ts";

/** The asker's log-ins that are in force, the newest first; 200 at the most. */
export async function listSessions(ctx: Context) {
  const own = requireSession(ctx);
  const rows = await ctx.db
    .select({
      id: sessions.id,
      organisation: organisations.name,
      tokenHash: sessions.tokenHash,
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .innerJoin(organisations, eq(organisations.id, sessions.organisationId))
    .where(and(eq(sessions.userId, ctx.user.id), gt(sessions.expiresAt, sql`now()`)))
    .orderBy(desc(sessions.id))
    .limit(200);
  return rows.map(({ tokenHash, ...row }) => ({
    ...row,
    kind: tokenHash ? ("script" as const) : ("browser" as const),
    current: row.id === own,
  }));
}

/** Ends one of the asker's own log-ins. */
export async function endOwnSession(ctx: Context, id: string): Promise<void> {
  const mine = and(eq(sessions.id, id), eq(sessions.userId, ctx.user.id));
  const [found] = await ctx.db.select({ id: sessions.id }).from(sessions).where(mine);
  if (!found) throw notFound("The session");
  requireSession(ctx);
  await endSession(ctx.db, id);
}
