/** What a webhook can be told of. */
export const webhookEvents = [
  "environment.created",
  "environment.running",
  "environment.degraded",
  "environment.stopped",
  "environment.failed",
  "environment.expiring",
  "environment.deleted",
  "node.ready",
  "node.failed",
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** What is sent on demand, to try a webhook. */
export const testEvent = "webhook.test";

/** When each is sent, in words for people. */
export const webhookEventWords: Record<WebhookEvent, string> = {
  "environment.created": "Somebody asked for it",
  "environment.running": "All of its servers are ready",
  "environment.degraded": "It runs, but not all of it",
  "environment.stopped": "All of its servers stand still",
  "environment.failed": "None of its servers could be made ready",
  "environment.expiring": "Its time to live ends within a day, and again within an hour",
  "environment.deleted": "Nothing is left of it",
  "node.ready": "A server has its packages, and they work",
  "node.failed": "A server could not be made, or its packages could not be installed",
};

/** What of an environment's own events is news for webhooks: states in which something has come to an end. Null: not this. */
export function webhookEventOf(event: { kind: string; data?: Record<string, unknown> }): WebhookEvent | null {
  const { state, created, expiring } = event.data ?? {};
  if (created === true) return "environment.created";
  if (expiring === true) return "environment.expiring";
  return webhookEvents.find((name) => name === `${event.kind}.${state}` && name !== "environment.created") ?? null;
}
