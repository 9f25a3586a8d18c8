import { and, asc, count, eq, isNull } from "drizzle-orm";
import { environments } from "#drizzle/schema/index.ts";
import type { Context, Queryable } from "#lib/context.ts";

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

/** The names of environments that may still have something in a provider's cloud, oldest first; 20 at the most. */
export async function usersOf(db: Queryable, providerId: string): Promise<string[]> {
  const using = and(eq(environments.providerId, providerId), isNull(environments.deletedAt));
  const users = await db
    .select({ name: environments.name })
    .from(environments)
    .where(using)
    .orderBy(asc(environments.id))
    .limit(20);
  return users.map(({ name }) => name);
}
