import { and, eq } from "drizzle-orm";
import { invitations } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { notFound } from "#lib/errors.ts";

/** Withdraws an invitation: its link ends. One that was accepted is only taken off the list. */
export function withdrawInvitation(ctx: Context, id: string): Promise<void> {
  requireRole(ctx, "admin");
  return ctx.db.transaction(async (tx) => {
    const mine = and(eq(invitations.id, id), eq(invitations.organisationId, ctx.organisation.id));
    const [gone] = await tx.delete(invitations).where(mine).returning();
    if (!gone) throw notFound("The invitation");
    await recordAudit(tx, ctx, "invitation.withdraw", id, { email: gone.email, role: gone.role });
  });
}
