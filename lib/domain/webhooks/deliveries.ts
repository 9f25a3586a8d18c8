import { and, desc, eq, lt } from "drizzle-orm";
import { type deliveryStates, webhookDeliveries } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict, notFound } from "#lib/errors.ts";
import { testEvent } from "#lib/model/webhook-events.ts";
import { enqueueDelivery } from "#lib/queue/enqueue.ts";
import type { Page } from "../page.ts";
import { webhookRow } from "./get.ts";
import type { DeliveryView } from "./view.ts";

type DeliveryFilter = Page & { state?: (typeof deliveryStates)[number] | undefined };

/** What was and is to be sent to a webhook, newest first. A delivery is forgotten after a month. */
export async function listDeliveries(ctx: Context, webhookId: string, filter: DeliveryFilter): Promise<DeliveryView[]> {
  await webhookRow(ctx, webhookId);
  const { limit, cursor, state } = filter;
  const wanted = and(
    eq(webhookDeliveries.webhookId, webhookId),
    state ? eq(webhookDeliveries.state, state) : undefined,
    cursor ? lt(webhookDeliveries.id, cursor) : undefined,
  );
  return ctx.db.select().from(webhookDeliveries).where(wanted).orderBy(desc(webhookDeliveries.id)).limit(limit);
}

/** Sends a webhook something that says it is a test; tried once. */
export function testWebhook(ctx: Context, webhookId: string): Promise<DeliveryView> {
  requireRole(ctx, "admin");
  return ctx.db.transaction(async (tx) => {
    const { id, name, enabled } = await webhookRow({ ...ctx, db: tx }, webhookId);
    if (!enabled) throw conflict(`${name} is switched off: switch it on first.`);
    const at = new Date();
    const data = { organisation_id: ctx.organisation.id, message: `${ctx.user.email} is trying this webhook` };
    const payload = { type: testEvent, timestamp: at.toISOString(), data };
    const row = { webhookId: id, event: testEvent, payload, dueAt: at };
    const [made] = await tx.insert(webhookDeliveries).values(row).returning();
    await enqueueDelivery(tx, made!);
    await recordAudit(tx, ctx, "webhook.test", id, { name });
    return made!;
  });
}

/** Has a delivery tried again now, and patiently as at first, under the same id: who has taken it knows it. */
export function redeliver(ctx: Context, webhookId: string, id: string): Promise<DeliveryView> {
  requireRole(ctx, "admin");
  return ctx.db.transaction(async (tx) => {
    const { name, enabled } = await webhookRow({ ...ctx, db: tx }, webhookId);
    if (!enabled) throw conflict(`${name} is switched off: switch it on first.`);
    const its = and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.webhookId, webhookId));
    const again = { state: "pending", attempts: 0, dueAt: new Date(), deliveredAt: null } as const;
    const [row] = await tx.update(webhookDeliveries).set(again).where(its).returning();
    if (!row) throw notFound("The delivery");
    await enqueueDelivery(tx, row);
    await recordAudit(tx, ctx, "webhook.redeliver", webhookId, { name, delivery: id, event: row.event });
    return row;
  });
}
