import * as integrations from "#lib/api/contracts/integrations.ts";
import { handle } from "#lib/api/handle.ts";
import { registryUses } from "#lib/domain/integrations/uses.ts";

export const GET = handle(integrations.uses, async ({ ctx, params }) => {
  const { clusters, ...rest } = await registryUses(ctx, params.id);
  return {
    ...rest,
    clusters: clusters.map(({ applicationName, ...cluster }) => ({ ...cluster, application_name: applicationName })),
  };
});
