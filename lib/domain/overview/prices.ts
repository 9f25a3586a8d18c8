import { and, count, eq, isNull } from "drizzle-orm";
import { environments, nodes, providers } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import type { Wish } from "#lib/model/states.ts";
import { cloudOf } from "#lib/providers/sealed.ts";
import { environmentCost } from "../environments/cost.ts";
import { keptPrices } from "../providers/metadata.ts";
import type { ProviderRow } from "../providers/view.ts";

/** Servers that are alike in all that their price depends on. */
type Kind = { providerId: string; region: string; diskGib: number | null; size: string; wish: Wish; servers: number };

/** What one server of a kind costs a month as it is wished, in US dollars; null where that is not known. */
export type PricedKind = Kind & { perMonth: number | null };

/** Places whose prices are read; servers elsewhere have none. */
const mostPlaces = 500;

/**
 * Every kind of server that the organisation has, priced by what is kept: a running one as it runs, a stopped one as
 * its cloud bills that, one that is deleted not at all. Asks no cloud before it answers.
 */
export async function pricedKinds(ctx: Context): Promise<PricedKind[]> {
  const [kinds, rows] = await Promise.all([serverKinds(ctx), providersInUse(ctx)]);
  const providerRows = new Map(rows.map((row) => [row.id, row]));
  const byPlace = [...Map.groupBy(kinds, ({ providerId, region }) => `${providerId} ${region}`).values()];
  const priced = byPlace
    .slice(0, mostPlaces)
    .map((alike) => pricePlace(ctx, providerRows.get(alike[0]!.providerId), alike));
  return (await Promise.all(priced)).flat();
}

async function pricePlace(ctx: Context, provider: ProviderRow | undefined, kinds: Kind[]): Promise<PricedKind[]> {
  if (!provider) return [];
  const { traits } = cloudOf(provider);
  const { sizes, prices } = await keptPrices(ctx, provider, kinds[0]!.region);
  return kinds.map((kind) => {
    const { running, stopped } = environmentCost([sizes.get(kind.size)], kind.diskGib ?? undefined, traits, prices);
    const stoppedPerMonth = traits.stoppedBills === "nothing" ? 0 : stopped?.perMonth;
    const perMonth = { run: running?.perMonth, stop: stoppedPerMonth, delete: 0 }[kind.wish];
    return { ...kind, perMonth: perMonth ?? null };
  });
}

const living = (ctx: Context) =>
  and(eq(environments.organisationId, ctx.organisation.id), isNull(environments.deletedAt));

function serverKinds(ctx: Context): Promise<Kind[]> {
  const { providerId, region, diskGib, wish } = environments;
  return ctx.db
    .select({ providerId, region, diskGib, size: nodes.size, wish, servers: count() })
    .from(nodes)
    .innerJoin(environments, eq(environments.id, nodes.environmentId))
    .where(living(ctx))
    .groupBy(providerId, region, diskGib, nodes.size, wish);
}

function providersInUse(ctx: Context): Promise<ProviderRow[]> {
  return ctx.db.select().from(providers).where(eq(providers.organisationId, ctx.organisation.id)).limit(1000);
}
