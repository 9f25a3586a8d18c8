import { and, eq, isNull } from "drizzle-orm";
import { invitations } from "#drizzle/schema/index.ts";
import type { Context, Queryable } from "#lib/context.ts";
import { includesRole, type Role } from "#lib/model/roles.ts";

/** Withdraws what a member could not invite to any more with `role`; null: with none. */
export async function withdrawExcessive(tx: Queryable, ctx: Context, userId: string, role: Role | null): Promise<void> {
  const made = and(
    eq(invitations.organisationId, ctx.organisation.id),
    eq(invitations.invitedBy, userId),
    isNull(invitations.acceptedAt),
  );
  const mayInvite = role !== null && includesRole(role, "admin");
  for (const { id, role: promised } of await tx.select().from(invitations).where(made))
    if (!mayInvite || !includesRole(role, promised)) await tx.delete(invitations).where(eq(invitations.id, id));
}
