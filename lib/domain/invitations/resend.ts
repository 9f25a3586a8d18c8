import { and, eq } from "drizzle-orm";
import { invitations } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import { hashToken, newRefreshingToken } from "#lib/auth/tokens.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { AppError, conflict, notFound } from "#lib/errors.ts";
import { type Invited, mailInvitation } from "./create.ts";
import { expiryFromNow, withState } from "./view.ts";

const pauseMs = 60_000;

/** A new link for an invitation, good for as long as a new one; the old link ends. Once a minute, for it is mailed. */
export function resendInvitation(ctx: Context, id: string): Promise<Invited> {
  requireRole(ctx, "admin");
  const mine = and(eq(invitations.id, id), eq(invitations.organisationId, ctx.organisation.id));
  return ctx.db.transaction(async (tx) => {
    const [found] = await tx.select().from(invitations).where(mine).for("update");
    if (!found) throw notFound("The invitation");
    requireRole(ctx, found.role);
    if (found.acceptedAt) throw conflict(`${found.email} has accepted this invitation already.`);
    const expiresAt = expiryFromNow();
    if (expiresAt.getTime() - found.expiresAt.getTime() < pauseMs)
      throw new AppError(
        "rate_limited",
        "This invitation was sent within the last minute: wait before you send it again.",
        {
          retryAfterSeconds: pauseMs / 1000,
        },
      );
    const token = newRefreshingToken();
    const fresh = { tokenHash: hashToken(token), expiresAt, invitedBy: ctx.user.id };
    const [row] = await tx.update(invitations).set(fresh).where(mine).returning();
    await mailInvitation(tx, ctx, { email: row!.email, role: row!.role, token });
    await recordAudit(tx, ctx, "invitation.resend", id, { email: row!.email });
    return { ...withState({ ...row!, invitedBy: ctx.user.email }), token };
  });
}
