import * as accounts from "#lib/api/contracts/accounts.ts";
import { handle } from "#lib/api/handle.ts";
import { presentMe } from "#lib/api/present/accounts.ts";
import { renameMyself, whoAmI } from "#lib/domain/accounts/me.ts";

export const GET = handle(accounts.me, async ({ ctx }) => presentMe(await whoAmI(ctx)));

export const PUT = handle(accounts.rename, async ({ ctx, body }) => {
  await renameMyself(ctx, body.name);
  return { success: true };
});
