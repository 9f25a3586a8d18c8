import { and, asc, eq, gt, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { applications, environments, nodes, providers } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { notFound } from "#lib/errors.ts";
import type { EnvironmentState } from "#lib/model/states.ts";
import { likeAnywhere } from "../like.ts";
import type { Page } from "../page.ts";
import { type EnvironmentRow, type EnvironmentView, type NodeRow, viewEnvironment } from "./view.ts";

export type EnvironmentFilter = Page & { applicationId?: string; state?: EnvironmentState; name?: string };

/** A deleted environment can be read for a day. */
const readable = (ctx: Context) =>
  and(
    eq(environments.organisationId, ctx.organisation.id),
    or(isNull(environments.deletedAt), gt(environments.deletedAt, sql`now() - interval '1 day'`)),
  );

/** An environment with its nodes; throws "not_found" for another organisation's. */
export async function getEnvironment(ctx: Context, id: string): Promise<EnvironmentView> {
  const [found] = await views(ctx, eq(environments.id, id), 1);
  if (!found) throw notFound("The environment");
  return found;
}

/** The organisation's environments that are not deleted, oldest first. */
export function listEnvironments(ctx: Context, filter: EnvironmentFilter): Promise<EnvironmentView[]> {
  const wanted = and(
    filter.state === "deleted" ? undefined : isNull(environments.deletedAt),
    filter.state && eq(environments.state, filter.state),
    filter.applicationId ? eq(environments.applicationId, filter.applicationId) : undefined,
    filter.name ? likeAnywhere(environments.name, filter.name) : undefined,
    filter.cursor ? gt(environments.id, filter.cursor) : undefined,
  );
  return views(ctx, wanted, filter.limit);
}

export type ProviderUser = Pick<EnvironmentView, "id" | "name" | "applicationName" | "region" | "state">;

/** The environments that use a provider, oldest first. */
export function environmentsOfProvider(ctx: Context, providerId: string, limit: number): Promise<ProviderUser[]> {
  return ctx.db
    .select({
      id: environments.id,
      name: environments.name,
      applicationName: applications.name,
      region: environments.region,
      state: environments.state,
    })
    .from(environments)
    .innerJoin(applications, eq(applications.id, environments.applicationId))
    .where(and(readable(ctx), eq(environments.providerId, providerId), isNull(environments.deletedAt)))
    .orderBy(asc(environments.id))
    .limit(limit);
}

/** The rows of an environment, for verbs; `lock` holds it until the transaction ends. */
export async function environmentRows(
  ctx: Context,
  id: string,
  lock = false,
): Promise<{ environment: EnvironmentRow; nodes: NodeRow[] }> {
  const wanted = ctx.db
    .select()
    .from(environments)
    .where(and(readable(ctx), eq(environments.id, id)));
  const [environment] = await (lock ? wanted.for("no key update") : wanted);
  if (!environment) throw notFound("The environment");
  const rows = await ctx.db.select().from(nodes).where(eq(nodes.environmentId, id)).orderBy(asc(nodes.position));
  return { environment, nodes: rows };
}

async function views(ctx: Context, wanted: SQL | undefined, limit: number): Promise<EnvironmentView[]> {
  const rows = await ctx.db
    .select({
      environment: environments,
      applicationName: applications.name,
      providerName: providers.name,
      providerType: providers.type,
      simulated: sql<boolean>`coalesce(${providers.settings}->>'practice' = 'yes', false)`,
    })
    .from(environments)
    .innerJoin(applications, eq(applications.id, environments.applicationId))
    .innerJoin(providers, eq(providers.id, environments.providerId))
    .where(and(readable(ctx), wanted))
    .orderBy(asc(environments.id))
    .limit(limit);
  const ids = rows.map(({ environment }) => environment.id);
  const all =
    ids.length === 0
      ? []
      : await ctx.db.select().from(nodes).where(inArray(nodes.environmentId, ids)).orderBy(asc(nodes.position));
  const byEnvironment = Map.groupBy(all, (node) => node.environmentId);
  return rows.map(({ environment, ...names }) =>
    viewEnvironment(environment, names, byEnvironment.get(environment.id) ?? []),
  );
}
