import * as team from "#lib/api/contracts/team.ts";
import { handle } from "#lib/api/handle.ts";
import { deleteKey } from "#lib/domain/keys/remove.ts";

export const DELETE = handle(team.removeKey, async ({ ctx, params }) => {
  await deleteKey(ctx, params.id);
  return { success: true };
});
