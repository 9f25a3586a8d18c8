import { eq } from "drizzle-orm";
import { webhookDeliveries, webhooks } from "#drizzle/schema/index.ts";
import type { Database } from "#lib/db/client.ts";
import { previousWebhookSecretPlace, webhookSecretPlace } from "#lib/model/places.ts";
import { vault } from "#lib/vault.ts";
import { send } from "./send.ts";
import { type Delivery, leave, settle, type Webhook } from "./settle.ts";
import { signedHeaders } from "./sign.ts";

/** How early a job may come for what it is to do. */
const earlyMs = 1_000;

/** Tries one delivery, if it is due, and writes down what came of it; killed in between, it is tried again under the same id. */
export async function deliver(db: Database, deliveryId: string): Promise<void> {
  const [found] = await db
    .select({ delivery: webhookDeliveries, webhook: webhooks })
    .from(webhookDeliveries)
    .innerJoin(webhooks, eq(webhooks.id, webhookDeliveries.webhookId))
    .where(eq(webhookDeliveries.id, deliveryId));
  if (!found || !isDue(found.delivery)) return;
  const { delivery, webhook } = found;
  if (!webhook.enabled) return leave(db, delivery, "Not sent: the webhook is switched off.");
  const begunAt = new Date();
  const body = JSON.stringify(delivery.payload);
  const sent = await send(webhook.url, signedHeaders(delivery.id, begunAt, body, secretsOf(webhook)), body);
  await db.transaction((tx) => settle(tx, delivery, webhook, { at: begunAt.toISOString(), ...sent }));
}

const isDue = ({ state, dueAt }: Delivery) =>
  state === "pending" && dueAt !== null && dueAt.getTime() <= Date.now() + earlyMs;

function secretsOf({ id, secret, previousSecret, previousUntil }: Webhook): string[] {
  const now = vault().open(secret, webhookSecretPlace(id));
  if (!previousSecret || !previousUntil || previousUntil < new Date()) return [now];
  return [now, vault().open(previousSecret, previousWebhookSecretPlace(id))];
}
