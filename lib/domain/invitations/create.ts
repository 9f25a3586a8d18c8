import { and, count, eq, gt, isNull, sql } from "drizzle-orm";
import { invitations, memberships, organisations, users } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import { hashToken, newRefreshingToken } from "#lib/auth/tokens.ts";
import { config } from "#lib/config.ts";
import type { Context, Queryable } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict } from "#lib/errors.ts";
import { invitationLetter } from "#lib/mail/letters.ts";
import type { Role } from "#lib/model/roles.ts";
import { enqueueMail } from "#lib/queue/enqueue.ts";
import { expiryFromNow, type InvitationView, lifeDays, withState } from "./view.ts";

const openAtMost = 100;

export type Invited = InvitationView & { token: string };

/**
 * Invites an address, with the asker's role or a lesser one. The token that the link carries is answered this once, and
 * mailed where the operator has a mail server. Throws "conflict" for a member, and for whom an open invitation has already.
 */
export function invite(ctx: Context, wish: { email: string; role: Role }): Promise<Invited> {
  requireRole(ctx, "admin");
  requireRole(ctx, wish.role);
  const email = wish.email.toLowerCase();
  return ctx.db.transaction(async (tx) => {
    await tx.select().from(organisations).where(eq(organisations.id, ctx.organisation.id)).for("update");
    await refuseMember(tx, ctx, email);
    await refuseSecond(tx, ctx, email);
    const token = newRefreshingToken();
    const [row] = await tx
      .insert(invitations)
      .values({
        organisationId: ctx.organisation.id,
        invitedBy: ctx.user.id,
        email,
        role: wish.role,
        tokenHash: hashToken(token),
        expiresAt: expiryFromNow(),
      })
      .returning();
    await mailInvitation(tx, ctx, { email, role: wish.role, token });
    await recordAudit(tx, ctx, "invitation.create", row!.id, { email, role: wish.role });
    return { ...withState({ ...row!, invitedBy: ctx.user.email }), token };
  });
}

/** Mails the link of an invitation; it commits with `tx`. */
export function mailInvitation(
  tx: Queryable,
  ctx: Context,
  { email, role, token }: { email: string; role: Role; token: string },
): Promise<void> {
  const link = `${config().linkBase}/invitation/${token}`;
  const words = { organisation: ctx.organisation.name, inviter: ctx.user.name, role, link, days: lifeDays };
  return enqueueMail(tx, invitationLetter({ to: email, ...words }));
}

async function refuseMember(tx: Queryable, ctx: Context, email: string): Promise<void> {
  const [member] = await tx
    .select({ id: users.id })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organisationId, ctx.organisation.id), eq(sql`lower(${users.email})`, email)));
  if (member) throw conflict(`${email} belongs to ${ctx.organisation.name} already.`, "email");
}

/** An expired one makes way for the new. */
async function refuseSecond(tx: Queryable, ctx: Context, email: string): Promise<void> {
  const waiting = and(eq(invitations.organisationId, ctx.organisation.id), isNull(invitations.acceptedAt));
  const open = and(waiting, gt(invitations.expiresAt, sql`now()`));
  const [same] = await tx
    .select({ id: invitations.id })
    .from(invitations)
    .where(and(open, eq(invitations.email, email)));
  if (same) throw conflict(`${email} has an open invitation already: send that again, or withdraw it.`, "email");
  const [row] = await tx.select({ open: count() }).from(invitations).where(open);
  if ((row?.open ?? 0) >= openAtMost)
    throw conflict(`${openAtMost} invitations are open: withdraw some before you make more.`);
  await tx.delete(invitations).where(and(waiting, eq(invitations.email, email)));
}
