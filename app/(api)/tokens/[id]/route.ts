import * as team from "#lib/api/contracts/team.ts";
import { handle } from "#lib/api/handle.ts";
import { deleteToken } from "#lib/domain/tokens/remove.ts";

export const DELETE = handle(team.removeToken, async ({ ctx, params }) => {
  await deleteToken(ctx, params.id);
  return { success: true };
});
