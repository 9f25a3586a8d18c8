import { and, asc, eq, gt } from "drizzle-orm";
import { invitations } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import type { Page } from "../page.ts";
import { type InvitationView, selectInvitations, withState } from "./view.ts";

/** The organisation's invitations, the accepted and the expired among them. */
export async function listInvitations(ctx: Context, { limit, cursor }: Page): Promise<InvitationView[]> {
  requireRole(ctx, "admin");
  const rows = await selectInvitations(ctx.db)
    .where(and(eq(invitations.organisationId, ctx.organisation.id), cursor ? gt(invitations.id, cursor) : undefined))
    .orderBy(asc(invitations.id))
    .limit(limit);
  return rows.map(withState);
}
