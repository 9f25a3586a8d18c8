import * as accounts from "#lib/api/contracts/accounts.ts";
import { handle } from "#lib/api/handle.ts";
import { resetByLink } from "#lib/domain/accounts/reset-password.ts";

export const POST = handle(accounts.resetPassword, async ({ ctx, body }) => {
  await resetByLink(ctx, body.token, body.password);
  return { success: true };
});
