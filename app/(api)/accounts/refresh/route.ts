import * as accounts from "#lib/api/contracts/accounts.ts";
import { handle } from "#lib/api/handle.ts";
import { refresh } from "#lib/domain/accounts/login.ts";

export const POST = handle(accounts.refresh, async ({ ctx }) => [
  { persistent_token: null, errors: [], refreshing_token: await refresh(ctx) },
]);
