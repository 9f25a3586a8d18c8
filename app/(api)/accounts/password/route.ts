import * as accounts from "#lib/api/contracts/accounts.ts";
import { handle } from "#lib/api/handle.ts";
import { changePassword } from "#lib/domain/accounts/change-password.ts";

export const POST = handle(accounts.changePassword, async ({ ctx, body }) => {
  await changePassword(ctx, body.current_password, body.password);
  return { success: true };
});
