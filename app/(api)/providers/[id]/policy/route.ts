import * as providers from "#lib/api/contracts/providers.ts";
import { handle } from "#lib/api/handle.ts";
import { providerPolicy } from "#lib/domain/providers/policy.ts";

export const GET = handle(providers.policy, async ({ ctx, params, query }) => ({
  ...(await providerPolicy(ctx, params.id, query.network)),
}));
