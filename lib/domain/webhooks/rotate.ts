import { webhooks } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { notFound } from "#lib/errors.ts";
import { previousWebhookSecretPlace, webhookSecretPlace } from "#lib/model/places.ts";
import { newSigningSecret } from "#lib/secrets.ts";
import { vault } from "#lib/vault.ts";
import { isMine } from "./get.ts";
import { viewWebhook, type WebhookView } from "./view.ts";

/** The old secret signs beside the new one this long. */
const overlapMs = 24 * 60 * 60_000;

/** Gives a webhook a new secret, answered this once; for a day the old one signs as well, so that nothing is refused meanwhile. */
export function rotateWebhookSecret(ctx: Context, id: string): Promise<WebhookView & { newSecret: string }> {
  requireRole(ctx, "admin");
  return ctx.db.transaction(async (tx) => {
    const [before] = await tx.select().from(webhooks).where(isMine(ctx, id)).for("no key update");
    if (!before) throw notFound("The webhook");
    const newSecret = newSigningSecret();
    const old = vault().open(before.secret, webhookSecretPlace(id));
    const values = {
      secret: vault().seal(newSecret, webhookSecretPlace(id)),
      previousSecret: vault().seal(old, previousWebhookSecretPlace(id)),
      previousUntil: new Date(Date.now() + overlapMs),
    };
    const [row] = await tx.update(webhooks).set(values).where(isMine(ctx, id)).returning();
    await recordAudit(tx, ctx, "webhook.rotate", id, { name: before.name });
    return { ...viewWebhook(row!), newSecret };
  });
}
