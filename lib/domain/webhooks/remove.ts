import { webhooks } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { notFound } from "#lib/errors.ts";
import { bareAddress } from "./address.ts";
import { isMine } from "./get.ts";

/** Removes a webhook, with its log and all that it was yet to be told. */
export function deleteWebhook(ctx: Context, id: string): Promise<void> {
  requireRole(ctx, "admin");
  return ctx.db.transaction(async (tx) => {
    const [gone] = await tx.delete(webhooks).where(isMine(ctx, id)).returning();
    if (!gone) throw notFound("The webhook");
    await recordAudit(tx, ctx, "webhook.delete", id, { name: gone.name, url: bareAddress(gone.url) });
  });
}
