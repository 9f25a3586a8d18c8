import type { DeliveryView, WebhookView } from "#lib/domain/webhooks/view.ts";

export const presentDelivery = (delivery: DeliveryView) => ({
  id: delivery.id,
  event: delivery.event,
  state: delivery.state,
  attempts: delivery.attempts,
  next_attempt_at: delivery.dueAt,
  status: delivery.status,
  error: delivery.error,
  duration_ms: delivery.durationMs,
  created_at: delivery.createdAt,
  delivered_at: delivery.deliveredAt,
  tries: delivery.tries.map(({ durationMs, ...one }) => ({ ...one, duration_ms: durationMs })),
  payload: delivery.payload,
});

export const presentWebhook = (webhook: WebhookView) => ({
  id: webhook.id,
  name: webhook.name,
  url: webhook.url,
  events: webhook.events,
  enabled: webhook.enabled,
  reason: webhook.reason,
  previous_secret_until: webhook.previousUntil,
  last_delivery: webhook.lastDelivery && presentDelivery(webhook.lastDelivery),
  created_at: webhook.createdAt,
});
