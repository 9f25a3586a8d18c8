import * as accounts from "#lib/api/contracts/accounts.ts";
import { handle } from "#lib/api/handle.ts";
import { login } from "#lib/domain/accounts/login.ts";

export const POST = handle(accounts.login, async ({ ctx, body }) => [
  { persistent_token: null, errors: [], refreshing_token: await login(ctx, body) },
]);
