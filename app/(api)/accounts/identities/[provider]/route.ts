import * as accounts from "#lib/api/contracts/accounts.ts";
import { handle } from "#lib/api/handle.ts";
import { disconnectIdentity } from "#lib/domain/accounts/disconnect.ts";

export const DELETE = handle(accounts.disconnect, async ({ ctx, params }) => {
  await disconnectIdentity(ctx, params.provider);
  return { success: true };
});
