import * as accounts from "#lib/api/contracts/accounts.ts";
import { handle } from "#lib/api/handle.ts";
import { endOwnSession } from "#lib/domain/accounts/sessions.ts";

export const DELETE = handle(accounts.endSession, async ({ ctx, params }) => {
  await endOwnSession(ctx, params.id);
  return { success: true };
});
