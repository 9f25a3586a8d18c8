import { and, asc, eq } from "drizzle-orm";
import { providers } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { notFound } from "#lib/errors.ts";
import { type ProviderRow, type ProviderView, viewProvider } from "./view.ts";

/** A provider's row, for verbs; throws "not_found" for another organisation's. */
export async function providerRow(ctx: Context, id: string): Promise<ProviderRow> {
  const [row] = await ctx.db
    .select()
    .from(providers)
    .where(and(eq(providers.id, id), eq(providers.organisationId, ctx.organisation.id)));
  if (!row) throw notFound("The provider");
  return row;
}

export async function getProvider(ctx: Context, id: string): Promise<ProviderView> {
  return viewProvider(await providerRow(ctx, id));
}

/** All of the organisation's providers, oldest first; 1,000 at the most. */
export async function listProviders(ctx: Context): Promise<ProviderView[]> {
  const mine = eq(providers.organisationId, ctx.organisation.id);
  const rows = await ctx.db.select().from(providers).where(mine).orderBy(asc(providers.id)).limit(1000);
  return rows.map(viewProvider);
}
