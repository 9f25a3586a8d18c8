import * as integrations from "#lib/api/contracts/integrations.ts";
import { handle } from "#lib/api/handle.ts";
import { presentIntegration } from "#lib/api/present/team.ts";
import { deleteIntegration, updateRegistry } from "#lib/domain/integrations/change.ts";
import { getIntegration } from "#lib/domain/integrations/get.ts";

export const GET = handle(integrations.get, async ({ ctx, params }) =>
  presentIntegration(await getIntegration(ctx, params.id)),
);

export const PUT = handle(integrations.update, async ({ ctx, params, body }) =>
  presentIntegration(await updateRegistry(ctx, params.id, body)),
);

export const DELETE = handle(integrations.remove, async ({ ctx, params }) => {
  await deleteIntegration(ctx, params.id);
  return { success: true };
});
