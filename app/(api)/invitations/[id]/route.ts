import * as members from "#lib/api/contracts/members.ts";
import { handle } from "#lib/api/handle.ts";
import { withdrawInvitation } from "#lib/domain/invitations/remove.ts";

export const DELETE = handle(members.withdrawInvitation, async ({ ctx, params }) => {
  await withdrawInvitation(ctx, params.id);
  return { success: true };
});
