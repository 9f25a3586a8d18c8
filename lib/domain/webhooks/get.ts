import { and, asc, desc, eq, gt, inArray } from "drizzle-orm";
import { webhookDeliveries, webhooks } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { notFound } from "#lib/errors.ts";
import type { Page } from "../page.ts";
import { viewWebhook, type WebhookRow, type WebhookView } from "./view.ts";

export const isMine = (ctx: Context, id: string) =>
  and(eq(webhooks.id, id), eq(webhooks.organisationId, ctx.organisation.id));

/** One of the organisation's webhooks; for admins, because many an address is a password. */
export async function webhookRow(ctx: Context, id: string): Promise<WebhookRow> {
  requireRole(ctx, "admin");
  const [row] = await ctx.db.select().from(webhooks).where(isMine(ctx, id));
  if (!row) throw notFound("The webhook");
  return row;
}

export async function getWebhook(ctx: Context, id: string): Promise<WebhookView> {
  return (await withLast(ctx, [await webhookRow(ctx, id)]))[0]!;
}

/** The organisation's webhooks, oldest first, each with what was last sent to it. */
export async function listWebhooks(ctx: Context, { limit, cursor }: Page): Promise<WebhookView[]> {
  requireRole(ctx, "admin");
  const mine = and(eq(webhooks.organisationId, ctx.organisation.id), cursor ? gt(webhooks.id, cursor) : undefined);
  return withLast(ctx, await ctx.db.select().from(webhooks).where(mine).orderBy(asc(webhooks.id)).limit(limit));
}

async function withLast(ctx: Context, rows: WebhookRow[]): Promise<WebhookView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const last = await ctx.db
    .selectDistinctOn([webhookDeliveries.webhookId])
    .from(webhookDeliveries)
    .where(inArray(webhookDeliveries.webhookId, ids))
    .orderBy(webhookDeliveries.webhookId, desc(webhookDeliveries.id));
  return rows.map((row) =>
    viewWebhook(
      row,
      last.find(({ webhookId }) => webhookId === row.id),
    ),
  );
}
