import { asc, eq, sql } from "drizzle-orm";
import { memberships, sessions, users } from "#drizzle/schema/index.ts";
import { beginLogin, forgiveLogin } from "#lib/auth/limit.ts";
import { verifyPassword } from "#lib/auth/passwords.ts";
import { beginTokenSession, endSession } from "#lib/auth/sessions.ts";
import type { Context, Queryable, Visitor } from "#lib/context.ts";
import { AppError, forbidden } from "#lib/errors.ts";

export type Login = { email: string; password: string };

type Owner = { userId: string; organisationId: string };

/**
 * Whose these are, and the organisation that they were in last, or else joined first. Throws "unauthenticated", "forbidden"
 * for somebody who belongs to none any more, "rate_limited" after too many failures.
 */
export async function verifyLogin(visitor: Visitor, { email, password }: Login): Promise<Owner> {
  const attempt = await beginLogin(visitor.db, email, visitor.address);
  const [user] = await visitor.db
    .select({ id: users.id, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()));
  const right = await verifyPassword(password, user?.passwordHash ?? null);
  if (!user || !right) throw new AppError("unauthenticated", "The e-mail address or the password is wrong.");
  await forgiveLogin(visitor.db, attempt);
  return homeOf(visitor.db, user.id);
}

/** The organisation of the user's newest log-in that is still in force, or else the one joined first; throws "forbidden" without any. */
export async function homeOf(db: Queryable, userId: string): Promise<Owner> {
  const { organisationId } = memberships;
  const lastUsed = sql`(select max(${sessions.createdAt}) from ${sessions} where ${sessions.userId} = ${userId} and ${sessions.organisationId} = ${organisationId})`;
  const [home] = await db
    .select({ organisationId })
    .from(memberships)
    .where(eq(memberships.userId, userId))
    .orderBy(sql`${lastUsed} desc nulls last`, asc(memberships.createdAt))
    .limit(1);
  if (!home) throw forbidden("You belong to no organisation any more: ask an admin of one for an invitation.");
  return { userId, organisationId: home.organisationId };
}

/** Logs a script in; answers its refreshing token. */
export async function login(visitor: Visitor, wish: Login): Promise<string> {
  return beginTokenSession(visitor.db, await verifyLogin(visitor, wish));
}

/**
 * A new refreshing token in place of the one it was asked with, which ends; of two who ask with the same one, one gets it.
 * A persistent token has none to replace: what it began would outlive its revocation and exceed its role.
 */
export function refresh(ctx: Context): Promise<string> {
  const { sessionId } = ctx;
  if (!sessionId || ctx.via === "cookie") throw forbidden("Only a refreshing token can be refreshed: log in for one.");
  return ctx.db.transaction(async (tx) => {
    if (!(await endSession(tx, sessionId)))
      throw new AppError("unauthenticated", "The session has ended: log in again.");
    return beginTokenSession(tx, { userId: ctx.user.id, organisationId: ctx.organisation.id });
  });
}

/** Ends the session that asks; a persistent token has none and goes on. */
export async function logout(ctx: Context): Promise<void> {
  if (ctx.sessionId) await endSession(ctx.db, ctx.sessionId);
}
