import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { passwordResets, users } from "#drizzle/schema/index.ts";
import { forgetFailedLogins } from "#lib/auth/limit.ts";
import { hashPassword } from "#lib/auth/passwords.ts";
import { endSessionsOf } from "#lib/auth/sessions.ts";
import { hashToken } from "#lib/auth/tokens.ts";
import type { Visitor } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { revokeLoginsCertificates } from "../docker/certificates.ts";
import { recordEverywhere } from "./record-everywhere.ts";

const openReset = (token: string) =>
  and(
    eq(passwordResets.tokenHash, hashToken(token)),
    isNull(passwordResets.usedAt),
    gt(passwordResets.expiresAt, sql`now()`),
  );

const gone = () =>
  new AppError("not_found", "This link was used, or is over an hour old, or a newer one was mailed: ask for another.");

/** Whose password a mailed link may set; throws "not_found" for one that does not work any more. */
export async function previewReset(visitor: Visitor, token: string): Promise<{ email: string }> {
  const [found] = await visitor.db
    .select({ email: users.email })
    .from(passwordResets)
    .innerJoin(users, eq(users.id, passwordResets.userId))
    .where(openReset(token));
  if (!found) throw gone();
  return found;
}

/**
 * Sets a new password by a mailed link, which works once; every session ends, with the Docker certificates that were asked
 * for in one, and failed log-ins count no more.
 */
export async function resetByLink(visitor: Visitor, token: string, password: string): Promise<void> {
  await previewReset(visitor, token);
  const passwordHash = await hashPassword(password);
  await visitor.db.transaction(async (tx) => {
    const [used] = await tx
      .update(passwordResets)
      .set({ usedAt: sql`now()` })
      .where(openReset(token))
      .returning({ userId: passwordResets.userId });
    if (!used) throw gone();
    const [user] = await tx.update(users).set({ passwordHash }).where(eq(users.id, used.userId)).returning();
    await endSessionsOf(tx, used.userId);
    await revokeLoginsCertificates(tx, used.userId);
    await forgetFailedLogins(tx, user!.email);
    await recordEverywhere(tx, { ...visitor, user: user! }, "password.reset");
  });
}
