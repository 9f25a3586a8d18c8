import { webhooks } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict, notFound } from "#lib/errors.ts";
import { changesBetween } from "#lib/model/changes.ts";
import { takenName } from "../taken-name.ts";
import { bareAddress, checkAddress } from "./address.ts";
import type { WebhookWish } from "./create.ts";
import { getWebhook, isMine, webhookRow } from "./get.ts";
import { eventsInWords, type WebhookRow, type WebhookView } from "./view.ts";

/** States a webhook's whole wish again. What is switched on has no trouble left. */
export async function updateWebhook(ctx: Context, id: string, wish: WebhookWish): Promise<WebhookView> {
  requireRole(ctx, "admin");
  const before = await webhookRow(ctx, id);
  if (wish.url !== before.url) await checkAddress(wish.url);
  await ctx.db.transaction(async (tx) => {
    const reason = wish.enabled ? null : before.reason;
    const [row] = await tx
      .update(webhooks)
      .set({ ...wish, reason })
      .where(isMine(ctx, id))
      .returning()
      .catch(takenName(() => conflict(`There is a webhook named ${wish.name} already.`, "name")));
    if (!row) throw notFound("The webhook");
    const changes = { ...changesBetween(shown(before), shown(row)), ...addressChange(before.url, row.url) };
    await recordAudit(tx, ctx, "webhook.update", id, { name: wish.name, changes });
  });
  return getWebhook(ctx, id);
}

const shown = ({ name, events, enabled }: WebhookRow) => ({ name, events: eventsInWords(events), enabled });

/** That an address has changed is said, what may be a password in it is not. */
const addressChange = (before: string, after: string) =>
  before === after ? {} : { url: { before: bareAddress(before), after: bareAddress(after) } };
