import * as webhooks from "#lib/api/contracts/webhooks.ts";
import { handle } from "#lib/api/handle.ts";
import { presentDelivery } from "#lib/api/present/webhooks.ts";
import { testWebhook } from "#lib/domain/webhooks/deliveries.ts";

export const POST = handle(webhooks.test, async ({ ctx, params }) =>
  presentDelivery(await testWebhook(ctx, params.id)),
);
