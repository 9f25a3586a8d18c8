import * as webhooks from "#lib/api/contracts/webhooks.ts";
import { handle } from "#lib/api/handle.ts";
import { presentDelivery } from "#lib/api/present/webhooks.ts";
import { redeliver } from "#lib/domain/webhooks/deliveries.ts";

export const POST = handle(webhooks.redeliver, async ({ ctx, params }) =>
  presentDelivery(await redeliver(ctx, params.id, params.delivery)),
);
