import { and, asc, eq, gt, inArray, isNull } from "drizzle-orm";
import { applications, environments } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { notFound } from "#lib/errors.ts";
import type { Page } from "../page.ts";

export type ApplicationView = {
  id: string;
  name: string;
  type: string;
  environments: string[];
  deploymentsCount: number;
  createdAt: Date;
};

/** One of the organisation's applications; throws "not_found". */
export async function getApplication(ctx: Context, id: string): Promise<ApplicationView> {
  const mine = and(eq(applications.id, id), eq(applications.organisationId, ctx.organisation.id));
  const [found] = await ctx.db.select().from(applications).where(mine);
  if (!found) throw notFound("The application");
  return (await withEnvironments(ctx, [found]))[0]!;
}

/** The organisation's applications, oldest first. */
export async function listApplications(ctx: Context, { limit, cursor }: Page): Promise<ApplicationView[]> {
  const mine = and(
    eq(applications.organisationId, ctx.organisation.id),
    cursor ? gt(applications.id, cursor) : undefined,
  );
  return withEnvironments(
    ctx,
    await ctx.db.select().from(applications).where(mine).orderBy(asc(applications.id)).limit(limit),
  );
}

async function withEnvironments(ctx: Context, rows: (typeof applications.$inferSelect)[]): Promise<ApplicationView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const living = await ctx.db
    .select({ id: environments.id, applicationId: environments.applicationId })
    .from(environments)
    .where(and(inArray(environments.applicationId, ids), isNull(environments.deletedAt)))
    .orderBy(asc(environments.id));
  const byApplication = Map.groupBy(living, (environment) => environment.applicationId);
  return rows.map(({ organisationId: _, ...row }) => ({
    ...row,
    environments: byApplication.get(row.id)?.map(({ id }) => id) ?? [],
  }));
}
