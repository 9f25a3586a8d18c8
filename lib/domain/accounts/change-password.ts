import { eq } from "drizzle-orm";
import { passwordResets, users } from "#drizzle/schema/index.ts";
import { beginLogin, forgiveLogin } from "#lib/auth/limit.ts";
import { hashPassword, verifyPassword } from "#lib/auth/passwords.ts";
import { requireSession } from "#lib/auth/require.ts";
import { endSessionsOf } from "#lib/auth/sessions.ts";
import type { Context } from "#lib/context.ts";
import { invalid } from "#lib/errors.ts";
import { revokeLoginsCertificates } from "../docker/certificates.ts";
import { recordEverywhere } from "./record-everywhere.ts";

/**
 * Gives the asker a new password, for the present one; who has none yet, logging in elsewhere alone, needs none. Every
 * other session ends, with the Docker certificates that were asked for in any, and so does a link that was mailed. A wrong
 * present one counts as a failed log-in.
 */
export async function changePassword(ctx: Context, present: string | undefined, password: string): Promise<void> {
  const sessionId = requireSession(ctx);
  const { db, user } = ctx;
  const [row] = await db.select({ hash: users.passwordHash }).from(users).where(eq(users.id, user.id));
  if (row?.hash) {
    const attempt = await beginLogin(db, user.email, ctx.address);
    if (!(await verifyPassword(present ?? "", row.hash)))
      throw invalid("current_password: is not your present password", "current_password");
    await forgiveLogin(db, attempt);
  }
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, user.id));
    await tx.delete(passwordResets).where(eq(passwordResets.userId, user.id));
    await endSessionsOf(tx, user.id, sessionId);
    await revokeLoginsCertificates(tx, user.id);
    await recordEverywhere(tx, ctx, "password.change");
  });
}
