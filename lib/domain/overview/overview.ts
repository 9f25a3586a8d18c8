import { and, count, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { applications, environments } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { type EnvironmentState, isAtRest } from "#lib/model/states.ts";
import { likeAnywhere } from "../like.ts";
import { pricedKinds } from "./prices.ts";
import { type OverviewRow, overviewRows, type RowOrder } from "./rows.ts";

export type { OverviewRow } from "./rows.ts";

export type OverviewFilter = RowOrder & {
  name?: string;
  state?: EnvironmentState;
  providerId?: string;
  applicationId?: string;
};

export type Overview = {
  environments: OverviewRow[];
  /** How many match, on all pages. */
  total: number;
  /** What all of the organisation's environments cost a month as they stand; `partial`: a price is not known. */
  perMonth: number;
  partial: boolean;
  /** Something that matches moves. */
  moving: boolean;
};

/**
 * The organisation's environments as a page of a sorted, filtered table. Statements grow in number with providers and
 * regions, never with environments.
 */
export async function overview(ctx: Context, filter: OverviewFilter): Promise<Overview> {
  const kinds = await pricedKinds(ctx);
  const wanted = matching(ctx, filter);
  const [rows, states] = await Promise.all([overviewRows(ctx, wanted, filter, kinds), statesOf(ctx, wanted)]);
  return {
    environments: rows,
    total: states.reduce((total, { amount }) => total + amount, 0),
    perMonth: kinds.reduce((total, { perMonth, servers }) => total + (perMonth ?? 0) * servers, 0),
    partial: kinds.some(({ perMonth }) => perMonth === null),
    moving: states.some(({ state }) => !isAtRest(state)),
  };
}

/** A deleted environment is listed for a day, and only where deleted ones are asked for. */
const matching = (ctx: Context, { name, state, providerId, applicationId }: OverviewFilter) =>
  and(
    eq(environments.organisationId, ctx.organisation.id),
    state === "deleted" ? gt(environments.deletedAt, sql`now() - interval '1 day'`) : isNull(environments.deletedAt),
    state && eq(environments.state, state),
    providerId ? eq(environments.providerId, providerId) : undefined,
    applicationId ? eq(environments.applicationId, applicationId) : undefined,
    name ? or(likeAnywhere(environments.name, name), likeAnywhere(applications.name, name)) : undefined,
  );

function statesOf(ctx: Context, wanted: SQL | undefined): Promise<{ state: EnvironmentState; amount: number }[]> {
  return ctx.db
    .select({ state: environments.state, amount: count() })
    .from(environments)
    .innerJoin(applications, eq(applications.id, environments.applicationId))
    .where(wanted)
    .groupBy(environments.state);
}
