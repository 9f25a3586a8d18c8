import { and, count, eq, isNull } from "drizzle-orm";
import { environments } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";

/** How many environments use each of the organisation's providers; those without any are left out. */
export async function providerUsage(ctx: Context): Promise<Map<string, number>> {
  const living = and(eq(environments.organisationId, ctx.organisation.id), isNull(environments.deletedAt));
  const rows = await ctx.db
    .select({ id: environments.providerId, used: count() })
    .from(environments)
    .where(living)
    .groupBy(environments.providerId);
  return new Map(rows.map(({ id, used }) => [id, used]));
}
