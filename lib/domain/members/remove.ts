import { and, eq } from "drizzle-orm";
import { memberships, sessions, sshKeys, tokens } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context, Queryable } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { revokeMembersCertificates } from "../docker/certificates.ts";
import { lockMember, membership, refuseLastOwner, refuseSuperior } from "./find.ts";
import { withdrawExcessive } from "./invitations-of.ts";

/**
 * Removes a member, or leaves: sessions, tokens and Docker certificates for this organisation end at once, and the SSH
 * keys that the member added go to no further server. Leaving needs no role; the last owner cannot.
 */
export function removeMember(ctx: Context, userId: string): Promise<void> {
  return ctx.db.transaction(async (tx) => {
    const { member, asker } = await lockMember(tx, ctx, userId);
    if (member.id !== ctx.user.id) requireRole(asker, "admin");
    refuseSuperior(asker, member);
    await refuseLastOwner(tx, ctx, member);
    const ended = await endAccess(tx, ctx, userId);
    await tx.delete(memberships).where(membership(ctx, userId));
    const action = member.id === ctx.user.id ? "member.leave" : "member.remove";
    await recordAudit(tx, ctx, action, userId, { email: member.email, role: member.role, ...ended });
  });
}

async function endAccess(tx: Queryable, ctx: Context, userId: string) {
  const organisationId = ctx.organisation.id;
  await revokeMembersCertificates(tx, organisationId, userId);
  const theirs = (table: typeof sessions | typeof tokens | typeof sshKeys) =>
    and(eq(table.userId, userId), eq(table.organisationId, organisationId));
  await tx.delete(sessions).where(theirs(sessions));
  const revoked = await tx.delete(tokens).where(theirs(tokens)).returning({ name: tokens.name });
  const keys = await tx.delete(sshKeys).where(theirs(sshKeys)).returning({ name: sshKeys.name });
  await withdrawExcessive(tx, ctx, userId, null);
  return { tokens: revoked.map(({ name }) => name), keys: keys.map(({ name }) => name) };
}
