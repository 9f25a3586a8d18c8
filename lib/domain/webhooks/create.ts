import { count, eq } from "drizzle-orm";
import { webhooks } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { webhookSecretPlace } from "#lib/model/places.ts";
import type { WebhookEvent } from "#lib/model/webhook-events.ts";
import { newSigningSecret } from "#lib/secrets.ts";
import { vault } from "#lib/vault.ts";
import { bareAddress, checkAddress } from "./address.ts";
import { eventsInWords, viewWebhook, type WebhookView } from "./view.ts";

/** `events`: what it is told of; empty: everything. */
export type WebhookWish = { name: string; url: string; events: WebhookEvent[]; enabled: boolean };

/** Each is written to by every change, so there are not many. */
const atMost = 20;

/** Adds an address that is told of the organisation's environments; its secret is answered this once. */
export async function createWebhook(ctx: Context, wish: WebhookWish): Promise<WebhookView & { newSecret: string }> {
  requireRole(ctx, "admin");
  await checkAddress(wish.url);
  return ctx.db.transaction(async (tx) => {
    const mine = eq(webhooks.organisationId, ctx.organisation.id);
    const [existing] = await tx.select({ count: count() }).from(webhooks).where(mine);
    if (existing!.count >= atMost) throw conflict(`There are ${atMost} webhooks already: remove one first.`);
    const id = newId();
    const newSecret = newSigningSecret();
    const secret = vault().seal(newSecret, webhookSecretPlace(id));
    const values = { ...wish, id, organisationId: ctx.organisation.id, secret };
    const [made] = await tx.insert(webhooks).values(values).onConflictDoNothing().returning();
    if (!made) throw conflict(`There is a webhook named ${wish.name} already.`, "name");
    const { name, enabled } = wish;
    const events = eventsInWords(wish.events);
    await recordAudit(tx, ctx, "webhook.create", id, { name, url: bareAddress(wish.url), events, enabled });
    return { ...viewWebhook(made), newSecret };
  });
}
