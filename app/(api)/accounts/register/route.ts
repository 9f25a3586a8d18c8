import * as accounts from "#lib/api/contracts/accounts.ts";
import { handle } from "#lib/api/handle.ts";
import { registerAccount } from "#lib/domain/accounts/register.ts";

export const POST = handle(accounts.register, async ({ ctx, body }) => {
  const { persistentToken, refreshingToken } = await registerAccount(ctx, body);
  return [{ persistent_token: persistentToken, errors: [], refreshing_token: refreshingToken }];
});
