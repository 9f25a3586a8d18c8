import * as accounts from "#lib/api/contracts/accounts.ts";
import { handle } from "#lib/api/handle.ts";
import { forgotPassword } from "#lib/domain/accounts/forgot-password.ts";

export const POST = handle(accounts.forgotPassword, async ({ ctx, body }) => {
  await forgotPassword(ctx, body.email);
  return { success: true };
});
