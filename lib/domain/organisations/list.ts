import { and, asc, eq } from "drizzle-orm";
import { memberships, organisations } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";

/** The organisations that a user belongs to, first come first; a persistent token knows its own alone. 500 at the most. */
export async function listOrganisations(ctx: Context) {
  const own = ctx.tokenId ? eq(organisations.id, ctx.organisation.id) : undefined;
  const rows = await ctx.db
    .select({
      id: organisations.id,
      name: organisations.name,
      role: memberships.role,
      createdAt: organisations.createdAt,
    })
    .from(memberships)
    .innerJoin(organisations, eq(organisations.id, memberships.organisationId))
    .where(and(eq(memberships.userId, ctx.user.id), own))
    .orderBy(asc(memberships.createdAt))
    .limit(500);
  return rows.map((row) => ({ ...row, current: row.id === ctx.organisation.id }));
}
