import { eq } from "drizzle-orm";
import { invitations, users } from "#drizzle/schema/index.ts";
import type { Queryable } from "#lib/context.ts";

export type InvitationState = "open" | "accepted" | "expired";

export const lifeDays = 7;
export const expiryFromNow = () => new Date(Date.now() + lifeDays * 86_400_000);

type Row = { expiresAt: Date; acceptedAt: Date | null };

export function stateOf({ expiresAt, acceptedAt }: Row): InvitationState {
  if (acceptedAt) return "accepted";
  return expiresAt.getTime() > Date.now() ? "open" : "expired";
}

/** Invitations with who made them, for a `where`. */
export const selectInvitations = (db: Queryable) =>
  db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      invitedBy: users.email,
      expiresAt: invitations.expiresAt,
      acceptedAt: invitations.acceptedAt,
      createdAt: invitations.createdAt,
    })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .$dynamic();

export type InvitationRow = Awaited<ReturnType<typeof selectInvitations>>[number];
export type InvitationView = InvitationRow & { state: InvitationState };

export const withState = (row: InvitationRow): InvitationView => ({ ...row, state: stateOf(row) });
