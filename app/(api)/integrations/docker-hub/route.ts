import * as integrations from "#lib/api/contracts/integrations.ts";
import { handle } from "#lib/api/handle.ts";
import { presentIntegration } from "#lib/api/present/team.ts";
import { createRegistry } from "#lib/domain/integrations/create.ts";

export const POST = handle(integrations.create, async ({ ctx, body }) =>
  presentIntegration(await createRegistry(ctx, body)),
);
