import * as integrations from "#lib/api/contracts/integrations.ts";
import { handle } from "#lib/api/handle.ts";
import { presentIntegration } from "#lib/api/present/team.ts";
import { listIntegrations } from "#lib/domain/integrations/get.ts";

export const GET = handle(integrations.list, async ({ ctx }) => (await listIntegrations(ctx)).map(presentIntegration));
