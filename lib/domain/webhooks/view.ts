import type { webhookDeliveries, webhooks } from "#drizzle/schema/index.ts";

export type WebhookRow = typeof webhooks.$inferSelect;
export type DeliveryView = typeof webhookDeliveries.$inferSelect;
export type WebhookView = Omit<WebhookRow, "secret" | "previousSecret"> & { lastDelivery: DeliveryView | null };

/** A webhook as admins may see it: without what signs. */
export function viewWebhook(row: WebhookRow, lastDelivery: DeliveryView | null = null): WebhookView {
  const { secret: _, previousSecret, previousUntil, ...rest } = row;
  const isStillValid = previousSecret !== null && previousUntil !== null && previousUntil > new Date();
  return { ...rest, previousUntil: isStillValid ? previousUntil : null, lastDelivery };
}

/** What a webhook is told of, as the audit log says it. */
export const eventsInWords = (events: readonly string[]): string | string[] =>
  events.length > 0 ? [...events].sort() : "all";
