import { and, count, eq } from "drizzle-orm";
import { memberships, organisations, users } from "#drizzle/schema/index.ts";
import type { Context, Queryable } from "#lib/context.ts";
import { conflict, forbidden, notFound } from "#lib/errors.ts";
import { includesRole, leastRole, type Role } from "#lib/model/roles.ts";

export type Member = { id: string; email: string; role: Role };

/**
 * A member who is about to be changed, and the asker as of now: one such change at a time in an organisation, so that two
 * owners cannot demote each other. Throws "not_found".
 */
export async function lockMember(
  tx: Queryable,
  ctx: Context,
  userId: string,
): Promise<{ member: Member; asker: Context }> {
  await tx.select().from(organisations).where(eq(organisations.id, ctx.organisation.id)).for("update");
  const [found] = await tx
    .select({ id: users.id, email: users.email, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(membership(ctx, userId));
  if (!found) throw notFound("The member");
  const [own] = await tx.select({ role: memberships.role }).from(memberships).where(membership(ctx, ctx.user.id));
  if (!own) throw forbidden("You do not belong to this organisation any more.");
  return { member: found, asker: { ...ctx, db: tx, role: leastRole(ctx.role, own.role) } };
}

export const membership = (ctx: Context, userId: string) =>
  and(eq(memberships.organisationId, ctx.organisation.id), eq(memberships.userId, userId));

/** Throws "forbidden" where the member may more than who asks. */
export function refuseSuperior(ctx: Context, member: Member): void {
  if (!includesRole(ctx.role, member.role))
    throw forbidden(`${member.email} has the role ${member.role}; yours is ${ctx.role}.`);
}

/** Throws "conflict" where an organisation would be left without an owner. */
export async function refuseLastOwner(tx: Queryable, ctx: Context, member: Member): Promise<void> {
  if (member.role !== "owner") return;
  const owners = and(eq(memberships.organisationId, ctx.organisation.id), eq(memberships.role, "owner"));
  const [row] = await tx.select({ owners: count() }).from(memberships).where(owners);
  if ((row?.owners ?? 0) < 2) throw conflict(`${member.email} is the only owner: make somebody else an owner first.`);
}
