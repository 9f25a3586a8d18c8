import * as environments from "#lib/api/contracts/environments.ts";
import { handle } from "#lib/api/handle.ts";
import { cloneEnvironment } from "#lib/domain/environments/clone.ts";

export const POST = handle(environments.clone, async ({ ctx, params, body }) => {
  const { id, state, sizes, lost } = await cloneEnvironment(ctx, params.id, body);
  return { ready: true, environment: id, account: ctx.organisation.id, state, sizes, not_carried: lost };
});
