import { eq, sql } from "drizzle-orm";
import { audit, memberships, passwordResets, users } from "#drizzle/schema/index.ts";
import { forgetFailedLogins } from "#lib/auth/limit.ts";
import { hashPassword } from "#lib/auth/passwords.ts";
import { endSessionsOf } from "#lib/auth/sessions.ts";
import type { Queryable } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { revokeLoginsCertificates } from "../docker/certificates.ts";

/** The user with this e-mail address; throws AppError "not_found". */
export async function requireUser(db: Queryable, email: string): Promise<{ id: string; email: string }> {
  const [user] = await db
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.trim().toLowerCase()));
  if (!user) throw new AppError("not_found", `No user has the e-mail address ${email}.`);
  return user;
}

/**
 * Gives a user a new password in the operator's name: sessions, the Docker certificates that were asked for in them,
 * mailed links and the count of failed log-ins end with the old one, and each of the user's organisations can read of it.
 * Throws AppError "not_found".
 */
export async function resetPassword(db: Queryable, email: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    const user = await requireUser(tx, email);
    await tx.update(users).set({ passwordHash }).where(eq(users.id, user.id));
    await tx.delete(passwordResets).where(eq(passwordResets.userId, user.id));
    await endSessionsOf(tx, user.id);
    await revokeLoginsCertificates(tx, user.id);
    await forgetFailedLogins(tx, user.email);
    const found = await tx.select().from(memberships).where(eq(memberships.userId, user.id));
    const rows = found.map(({ organisationId }) => ({
      organisationId,
      actor: "operator",
      action: "password.reset",
      target: user.id,
      details: { email: user.email },
    }));
    if (rows.length > 0) await tx.insert(audit).values(rows);
  });
}
