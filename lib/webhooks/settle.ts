import { and, eq, gte } from "drizzle-orm";
import { audit, type DeliveryTry, webhookDeliveries, webhooks } from "#drizzle/schema/index.ts";
import type { Queryable } from "#lib/context.ts";
import { testEvent } from "#lib/model/webhook-events.ts";
import { enqueueDelivery } from "#lib/queue/enqueue.ts";
import { pauseMs } from "./patience.ts";

export type Delivery = typeof webhookDeliveries.$inferSelect;
export type Webhook = typeof webhooks.$inferSelect;

const triesKept = 20;
const gone = 410;

/** As it was when the try began: who asked for it again in the meantime has the last word. */
const unchanged = ({ id, attempts }: Delivery) =>
  and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.state, "pending"), eq(webhookDeliveries.attempts, attempts));

/** Writes down what came of a try, and has the next one made where there is to be one. */
export async function settle(tx: Queryable, delivery: Delivery, webhook: Webhook, one: DeliveryTry): Promise<void> {
  const { status, error, durationMs } = one;
  const attempts = delivery.attempts + 1;
  const waitMs = error === null || status === gone ? null : pauseMs(delivery.event, attempts);
  const state = error === null ? "delivered" : waitMs === null ? "failed" : "pending";
  const dueAt = waitMs === null ? null : new Date(Date.now() + waitMs);
  const deliveredAt = state === "delivered" ? new Date() : null;
  const tries = [...delivery.tries, one].slice(-triesKept);
  const change = { attempts, tries, state, dueAt, status, error, durationMs, deliveredAt } as const;
  const changed = await tx
    .update(webhookDeliveries)
    .set(change)
    .where(unchanged(delivery))
    .returning({ id: webhookDeliveries.id });
  if (changed.length === 0) return;
  if (waitMs !== null) await enqueueDelivery(tx, delivery, waitMs);
  if (state === "failed" && delivery.event !== testEvent) await giveUp(tx, delivery, webhook, one);
}

/** Ends a delivery without a try. */
export async function leave(db: Queryable, delivery: Delivery, error: string): Promise<void> {
  await db.update(webhookDeliveries).set({ state: "failed", dueAt: null, error }).where(unchanged(delivery));
}

/** A receiver that wants no more, or has taken nothing while this was tried to the end, is not bothered any longer. */
async function giveUp(tx: Queryable, delivery: Delivery, webhook: Webhook, { status, error }: DeliveryTry) {
  if (status !== gone && (await hasTakenSince(tx, delivery))) return;
  const reason =
    status === gone
      ? "The receiver answered 410 Gone: it wants nothing more."
      : `Nothing has arrived for a day. The last of ${delivery.attempts + 1} tries: ${error}`;
  const changed = await tx
    .update(webhooks)
    .set({ enabled: false, reason })
    .where(and(eq(webhooks.id, webhook.id), webhooks.enabled))
    .returning({ id: webhooks.id });
  if (changed.length === 0) return;
  const { organisationId, name, id: target } = webhook;
  const entry = { organisationId, actor: "CloudHero", action: "webhook.disable", target, details: { name, reason } };
  await tx.insert(audit).values(entry);
}

async function hasTakenSince(tx: Queryable, { webhookId, createdAt }: Delivery): Promise<boolean> {
  const taken = await tx
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.webhookId, webhookId), gte(webhookDeliveries.deliveredAt, createdAt)))
    .limit(1);
  return taken.length > 0;
}
