import * as environments from "#lib/api/contracts/environments.ts";
import { handle } from "#lib/api/handle.ts";
import { retryNode } from "#lib/domain/environments/retry.ts";

export const POST = handle(environments.retryNode, async ({ ctx, params, body }) => {
  await retryNode(ctx, params.id, params.name, body);
  return { success: true };
});
