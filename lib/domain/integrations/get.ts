import { and, asc, eq } from "drizzle-orm";
import { integrations } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { notFound } from "#lib/errors.ts";
import { type IntegrationRow, type IntegrationView, viewIntegration } from "./view.ts";

export const isMine = (ctx: Context, id: string) =>
  and(eq(integrations.id, id), eq(integrations.organisationId, ctx.organisation.id));

export async function integrationRow(ctx: Context, id: string): Promise<IntegrationRow> {
  const [row] = await ctx.db.select().from(integrations).where(isMine(ctx, id));
  if (!row) throw notFound("The integration");
  return row;
}

export async function getIntegration(ctx: Context, id: string): Promise<IntegrationView> {
  return viewIntegration(await integrationRow(ctx, id));
}

/** The organisation's integrations, oldest first; 1,000 at the most. */
export async function listIntegrations(ctx: Context): Promise<IntegrationView[]> {
  const mine = eq(integrations.organisationId, ctx.organisation.id);
  return (await ctx.db.select().from(integrations).where(mine).orderBy(asc(integrations.id)).limit(1000)).map(
    viewIntegration,
  );
}
