import * as webhooks from "#lib/api/contracts/webhooks.ts";
import { handle } from "#lib/api/handle.ts";
import { presentWebhook } from "#lib/api/present/webhooks.ts";
import { rotateWebhookSecret } from "#lib/domain/webhooks/rotate.ts";

export const POST = handle(webhooks.rotate, async ({ ctx, params }) => {
  const rotated = await rotateWebhookSecret(ctx, params.id);
  return { ...presentWebhook(rotated), secret: rotated.newSecret };
});
