import { eq, sql } from "drizzle-orm";
import { passwordResets, users } from "#drizzle/schema/index.ts";
import { beginReset } from "#lib/auth/limit.ts";
import { hashToken, newRefreshingToken } from "#lib/auth/tokens.ts";
import { config } from "#lib/config.ts";
import type { Queryable, Visitor } from "#lib/context.ts";
import { conflict } from "#lib/errors.ts";
import { resetLetter } from "#lib/mail/letters.ts";
import { sendMail } from "#lib/mail/send.ts";
import { enqueueReset } from "#lib/queue/enqueue.ts";

const lifeMinutes = 60;

/** What the operator runs where nothing can be mailed. */
export const operatorsCommand = "npm run reset-password -- EMAIL";

/**
 * Has a link for a new password mailed to an address, if it is anybody's; what is answered, and how long that takes, is
 * the same for nobody's. Throws "conflict" where the operator has no mail server, "rate_limited" as log-ins do.
 */
export async function forgotPassword(visitor: Visitor, email: string): Promise<void> {
  if (!config().smtpUrl)
    throw conflict(`This CloudHero sends no mail: its operator can set a new password with ${operatorsCommand}.`);
  await beginReset(visitor.db, email, visitor.address);
  await enqueueReset(visitor.db, email);
}

/** Mails somebody a link that works once, within the hour; nobody's address is passed over. The link before it ends. */
export async function mailReset(db: Queryable, email: string): Promise<void> {
  const [user] = await db
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()));
  if (!user) return;
  const token = newRefreshingToken();
  const expiresAt = new Date(Date.now() + lifeMinutes * 60_000);
  await db.transaction(async (tx) => {
    await tx.delete(passwordResets).where(eq(passwordResets.userId, user.id));
    await tx.insert(passwordResets).values({ userId: user.id, tokenHash: hashToken(token), expiresAt });
  });
  const link = `${config().linkBase}/reset-password/${token}`;
  await sendMail(resetLetter({ to: user.email, link, minutes: lifeMinutes }));
}
