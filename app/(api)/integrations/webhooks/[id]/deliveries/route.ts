import * as webhooks from "#lib/api/contracts/webhooks.ts";
import { handle } from "#lib/api/handle.ts";
import { paged } from "#lib/api/pages.ts";
import { presentDelivery } from "#lib/api/present/webhooks.ts";
import { listDeliveries } from "#lib/domain/webhooks/deliveries.ts";

export const GET = handle(webhooks.deliveries, async ({ ctx, params, query, request }) =>
  paged(request, await listDeliveries(ctx, params.id, query), query.limit, presentDelivery),
);
