import * as templates from "#lib/api/contracts/templates.ts";
import { handle } from "#lib/api/handle.ts";
import { presentTemplate } from "#lib/api/present/templates.ts";
import { fitTemplate } from "#lib/domain/templates/fit.ts";
import { getTemplate } from "#lib/domain/templates/get.ts";
import { deleteTemplate } from "#lib/domain/templates/remove.ts";
import { updateTemplate } from "#lib/domain/templates/update.ts";

export const GET = handle(templates.get, async ({ ctx, params, query: { provider_id, region } }) => {
  const template = await getTemplate(ctx, params.id);
  const fitted =
    provider_id && region ? await fitTemplate(ctx, template, { providerId: provider_id, region }) : template;
  return presentTemplate(fitted);
});

export const PUT = handle(templates.update, async ({ ctx, params, body }) =>
  presentTemplate(await updateTemplate(ctx, params.id, body)),
);

export const DELETE = handle(templates.remove, async ({ ctx, params }) => {
  await deleteTemplate(ctx, params.id);
  return { success: true };
});
