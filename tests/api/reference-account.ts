import { authenticate } from "#lib/auth/authenticate.ts";
import type { Context } from "#lib/context.ts";
import { db } from "#lib/db/client.ts";

/** Who a token is of. */
export const contextOfToken = (token: string): Promise<Context> =>
  authenticate({ db: db(), address: null }, new Headers({ "authentication-token": token }));
