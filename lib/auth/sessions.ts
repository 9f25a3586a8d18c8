import { and, eq, ne, sql } from "drizzle-orm";
import { sessions } from "#drizzle/schema/index.ts";
import type { Queryable } from "#lib/context.ts";
import { hashToken, newRefreshingToken, refreshingTokenLifeMs, webSessionLifeMs } from "./tokens.ts";

type Owner = { userId: string; organisationId: string };

/** Begins a session whose refreshing token is answered, and stored as a hash alone. */
export async function beginTokenSession(db: Queryable, owner: Owner): Promise<string> {
  const token = newRefreshingToken();
  await db.insert(sessions).values({ ...owner, tokenHash: hashToken(token), expiresAt: inMs(refreshingTokenLifeMs) });
  return token;
}

/** Begins a session of a browser; answers its id, which the signed cookie carries. */
export async function beginWebSession(db: Queryable, owner: Owner): Promise<string> {
  const [row] = await db
    .insert(sessions)
    .values({ ...owner, expiresAt: inMs(webSessionLifeMs) })
    .returning({ id: sessions.id });
  return row!.id;
}

/** Ends a session; answers whether it was this call that did. */
export async function endSession(db: Queryable, sessionId: string): Promise<boolean> {
  const ended = await db.delete(sessions).where(eq(sessions.id, sessionId)).returning({ id: sessions.id });
  return ended.length > 0;
}

/** Ends all of a user's sessions, but for `except`. */
export async function endSessionsOf(db: Queryable, userId: string, except?: string): Promise<void> {
  await db.delete(sessions).where(and(eq(sessions.userId, userId), except ? ne(sessions.id, except) : undefined));
}

/** Sessions that have run out, deleted. */
export async function sweepSessions(db: Queryable): Promise<void> {
  await db.delete(sessions).where(sql`${sessions.expiresAt} < now()`);
}

const inMs = (ms: number) => new Date(Date.now() + ms);
