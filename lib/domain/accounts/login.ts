import { asc, eq, sql } from "drizzle-orm";
import { memberships, users } from "#drizzle/schema/index.ts";
import { beginLogin, forgiveLogin } from "#lib/auth/limit.ts";
import { verifyPassword } from "#lib/auth/passwords.ts";
import { beginTokenSession, endSession } from "#lib/auth/sessions.ts";
import type { Context, Visitor } from "#lib/context.ts";
import { AppError, forbidden } from "#lib/errors.ts";

export type Login = { email: string; password: string };

/** Whose these are, and their first organisation; throws "unauthenticated", or "rate_limited" after too many failures. */
export async function verifyLogin(
  visitor: Visitor,
  { email, password }: Login,
): Promise<{ userId: string; organisationId: string }> {
  const attempt = await beginLogin(visitor.db, email, visitor.address);
  const [user] = await visitor.db
    .select({ userId: users.id, passwordHash: users.passwordHash, organisationId: memberships.organisationId })
    .from(users)
    .innerJoin(memberships, eq(memberships.userId, users.id))
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()))
    .orderBy(asc(memberships.createdAt))
    .limit(1);
  const right = await verifyPassword(password, user?.passwordHash ?? null);
  if (!user || !right) throw new AppError("unauthenticated", "The e-mail address or the password is wrong.");
  await forgiveLogin(visitor.db, attempt);
  return { userId: user.userId, organisationId: user.organisationId };
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
