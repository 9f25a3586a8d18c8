import * as accounts from "#lib/api/contracts/accounts.ts";
import { handle } from "#lib/api/handle.ts";
import { logout } from "#lib/domain/accounts/login.ts";

export const POST = handle(accounts.logout, async ({ ctx }) => {
  await logout(ctx);
  return { success: true };
});
