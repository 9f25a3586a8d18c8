import * as webhooks from "#lib/api/contracts/webhooks.ts";
import { handle } from "#lib/api/handle.ts";
import { paged } from "#lib/api/pages.ts";
import { presentWebhook } from "#lib/api/present/webhooks.ts";
import { createWebhook } from "#lib/domain/webhooks/create.ts";
import { listWebhooks } from "#lib/domain/webhooks/get.ts";

export const POST = handle(webhooks.create, async ({ ctx, body }) => {
  const made = await createWebhook(ctx, body);
  return { ...presentWebhook(made), secret: made.newSecret };
});

export const GET = handle(webhooks.list, async ({ ctx, query, request }) =>
  paged(request, await listWebhooks(ctx, query), query.limit, presentWebhook),
);
