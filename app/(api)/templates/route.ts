import * as templates from "#lib/api/contracts/templates.ts";
import { handle } from "#lib/api/handle.ts";
import { paged } from "#lib/api/pages.ts";
import { presentTemplate } from "#lib/api/present/templates.ts";
import { createTemplate } from "#lib/domain/templates/create.ts";
import { listTemplates } from "#lib/domain/templates/get.ts";

export const POST = handle(templates.create, async ({ ctx, body }) => presentTemplate(await createTemplate(ctx, body)));

export const GET = handle(templates.list, async ({ ctx, query, request }) =>
  paged(request, await listTemplates(ctx, query), query.limit, presentTemplate),
);
