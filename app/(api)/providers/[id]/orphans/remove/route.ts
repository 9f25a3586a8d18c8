import * as providers from "#lib/api/contracts/providers.ts";
import { handle } from "#lib/api/handle.ts";
import { removeOrphans } from "#lib/domain/providers/orphans.ts";

export const POST = handle(providers.removeOrphans, async ({ ctx, params, body }) => {
  const { removed, refused } = await removeOrphans(ctx, params.id, body.ids);
  return { removed, refused, success: refused.length === 0 };
});
