import { asc, count, eq, type SQL, sql } from "drizzle-orm";
import { applications, environments, nodes, providers } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import type { OverviewSort } from "#lib/model/overview-sorts.ts";
import type { EnvironmentState, Wish } from "#lib/model/states.ts";
import type { ProviderType } from "#lib/providers/provider.ts";
import type { PricedKind } from "./prices.ts";

export type RowOrder = { sort: OverviewSort; descending: boolean; limit: number; offset: number };

export type OverviewRow = {
  id: string;
  name: string;
  applicationName: string;
  state: EnvironmentState;
  wish: Wish;
  ready: number;
  servers: number;
  providerId: string;
  providerName: string;
  providerType: ProviderType;
  simulated: boolean;
  region: string;
  /** US dollars a month as it stands now; null where a price is not known. */
  perMonth: number | null;
  createdAt: Date;
  changedAt: Date;
};

type Counted = ReturnType<typeof countedServers>;

const ready = (counted: Counted) => sql<number>`coalesce(${counted.ready}, 0)`.mapWith(Number);
const servers = (counted: Counted) => sql<number>`coalesce(${counted.servers}, 0)`.mapWith(Number);

/** A page of the rows that are wanted, in order; equal ones by their creation. */
export function overviewRows(
  ctx: Context,
  wanted: SQL | undefined,
  order: RowOrder,
  kinds: PricedKind[],
): Promise<OverviewRow[]> {
  const counted = countedServers(ctx, kinds);
  return ctx.db
    .select({
      id: environments.id,
      name: environments.name,
      applicationName: applications.name,
      state: environments.state,
      wish: environments.wish,
      ready: ready(counted),
      servers: servers(counted),
      providerId: environments.providerId,
      providerName: providers.name,
      providerType: providers.type,
      simulated: sql<boolean>`coalesce(${providers.settings}->>'practice' = 'yes', false)`,
      region: environments.region,
      perMonth: counted.perMonth,
      createdAt: environments.createdAt,
      changedAt: environments.changedAt,
    })
    .from(environments)
    .innerJoin(applications, eq(applications.id, environments.applicationId))
    .innerJoin(providers, eq(providers.id, environments.providerId))
    .leftJoin(counted, eq(counted.environmentId, environments.id))
    .where(wanted)
    .orderBy(...orderOf(counted, order))
    .limit(order.limit)
    .offset(order.offset);
}

function orderOf(counted: Counted, { sort, descending }: RowOrder): SQL[] {
  const columns: Record<OverviewSort, SQL> = {
    name: sql`lower(${environments.name})`,
    state: sql`${environments.state}`,
    servers: servers(counted),
    provider: sql`lower(${providers.name})`,
    region: sql`${environments.region}`,
    cost: sql`${counted.perMonth}`,
    age: sql`${environments.createdAt}`,
    changed: sql`${environments.changedAt}`,
  };
  // The youngest has the least age: what is sorted by age is sorted by its creation, turned round.
  const falling = descending !== (sort === "age" || sort === "changed");
  const column = columns[sort];
  return [falling ? sql`${column} desc nulls last` : sql`${column} asc nulls last`, asc(environments.id)];
}

/** Every environment's servers: how many, how many of them ready, what they cost together. */
function countedServers(ctx: Context, kinds: PricedKind[]) {
  const prices = sql`jsonb_to_recordset(${JSON.stringify(kinds)}::text::jsonb) as price("providerId" text, region text, "diskGib" integer, size text, wish text, "perMonth" double precision)`;
  return ctx.db
    .select({
      environmentId: nodes.environmentId,
      servers: count().as("servers"),
      ready: sql<number>`count(*) filter (where ${nodes.state} = 'ready')`.as("ready"),
      perMonth: sql<number | null>`case when bool_and(price."perMonth" is not null) then sum(price."perMonth") end`.as(
        "per_month",
      ),
    })
    .from(nodes)
    .innerJoin(environments, eq(environments.id, nodes.environmentId))
    .leftJoin(
      prices,
      sql`price."providerId" = ${environments.providerId} and price.region = ${environments.region} and price."diskGib" is not distinct from ${environments.diskGib} and price.size = ${nodes.size} and price.wish = ${environments.wish}`,
    )
    .where(eq(environments.organisationId, ctx.organisation.id))
    .groupBy(nodes.environmentId)
    .as("counted");
}
