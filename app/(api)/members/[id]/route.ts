import * as members from "#lib/api/contracts/members.ts";
import { handle } from "#lib/api/handle.ts";
import { changeRole } from "#lib/domain/members/change-role.ts";
import { removeMember } from "#lib/domain/members/remove.ts";

export const PUT = handle(members.changeRole, ({ ctx, params, body }) => changeRole(ctx, params.id, body.role));

export const DELETE = handle(members.remove, async ({ ctx, params }) => {
  await removeMember(ctx, params.id);
  return { success: true };
});
