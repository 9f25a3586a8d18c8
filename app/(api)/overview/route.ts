import { overview as contract } from "#lib/api/contracts/overview.ts";
import { handle } from "#lib/api/handle.ts";
import { presentOverview } from "#lib/api/present/overview.ts";
import { overview } from "#lib/domain/overview/overview.ts";

export const GET = handle(contract, async ({ ctx, query }) => {
  const { provider_id: providerId, application_id: applicationId, order, ...rest } = query;
  return presentOverview(await overview(ctx, { ...rest, providerId, applicationId, descending: order === "desc" }));
});
