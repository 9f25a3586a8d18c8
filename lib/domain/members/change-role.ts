import { memberships } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context, Queryable } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict } from "#lib/errors.ts";
import { includesRole, type Role } from "#lib/model/roles.ts";
import { revokeMembersCertificates } from "../docker/certificates.ts";
import { lockMember, type Member, membership, refuseLastOwner, refuseSuperior } from "./find.ts";
import { withdrawExcessive } from "./invitations-of.ts";

/**
 * Gives a member another role, at once: sessions, tokens and the Docker endpoint ask for it each time. Never above the
 * asker's own, nor of somebody above the asker; an organisation keeps an owner.
 */
export function changeRole(ctx: Context, userId: string, role: Role): Promise<Member> {
  return ctx.db.transaction(async (tx) => {
    const { member, asker } = await lockMember(tx, ctx, userId);
    requireRole(asker, "admin");
    requireRole(asker, role);
    refuseSuperior(asker, member);
    if (role !== "owner") await refuseLastOwner(tx, ctx, member);
    await setRole(tx, ctx, member, role);
    await recordAudit(tx, ctx, "member.role", member.id, { email: member.email, before: member.role, after: role });
    return { ...member, role };
  });
}

/** Hands the organisation over: the member becomes its owner, and who asks an admin. */
export function transferOwnership(ctx: Context, userId: string): Promise<Member> {
  return ctx.db.transaction(async (tx) => {
    const { member, asker } = await lockMember(tx, ctx, userId);
    requireRole(asker, "owner");
    if (member.id === ctx.user.id) throw conflict("You are the owner: name somebody else.");
    await setRole(tx, ctx, member, "owner");
    await setRole(tx, ctx, { ...ctx.user, role: "owner" }, "admin");
    const roles = { before: member.role, after: "owner" };
    await recordAudit(tx, ctx, "organisation.transfer", member.id, { email: member.email, ...roles });
    return { ...member, role: "owner" as const };
  });
}

async function setRole(tx: Queryable, ctx: Context, member: Member, role: Role): Promise<void> {
  if (member.role === role) return;
  await tx.update(memberships).set({ role }).where(membership(ctx, member.id));
  // A node's own port cannot tell roles apart.
  if (!includesRole(role, "operator")) await revokeMembersCertificates(tx, ctx.organisation.id, member.id, "nodes");
  await withdrawExcessive(tx, ctx, member.id, role);
}
