import { asc, eq } from "drizzle-orm";
import { memberships, users } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";

/** Who belongs to the organisation, first come first; 1,000 at the most. */
export function listMembers(ctx: Context) {
  return ctx.db
    .select({
      id: users.id,
      email: users.email,
      name: users.name,
      role: memberships.role,
      createdAt: memberships.createdAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.organisationId, ctx.organisation.id))
    .orderBy(asc(memberships.createdAt))
    .limit(1000);
}
