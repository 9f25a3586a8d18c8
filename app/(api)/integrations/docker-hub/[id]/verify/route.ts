import * as integrations from "#lib/api/contracts/integrations.ts";
import { handle } from "#lib/api/handle.ts";
import { presentIntegration } from "#lib/api/present/team.ts";
import { reverifyRegistry } from "#lib/domain/integrations/reverify.ts";

export const POST = handle(integrations.verify, async ({ ctx, params }) =>
  presentIntegration(await reverifyRegistry(ctx, params.id)),
);
