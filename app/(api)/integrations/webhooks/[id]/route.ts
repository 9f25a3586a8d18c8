import * as webhooks from "#lib/api/contracts/webhooks.ts";
import { handle } from "#lib/api/handle.ts";
import { presentWebhook } from "#lib/api/present/webhooks.ts";
import { getWebhook } from "#lib/domain/webhooks/get.ts";
import { deleteWebhook } from "#lib/domain/webhooks/remove.ts";
import { updateWebhook } from "#lib/domain/webhooks/update.ts";

export const GET = handle(webhooks.get, async ({ ctx, params }) => presentWebhook(await getWebhook(ctx, params.id)));

export const PUT = handle(webhooks.update, async ({ ctx, params, body }) =>
  presentWebhook(await updateWebhook(ctx, params.id, body)),
);

export const DELETE = handle(webhooks.remove, async ({ ctx, params }) => {
  await deleteWebhook(ctx, params.id);
  return { success: true };
});
