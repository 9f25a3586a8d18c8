import { authenticate, tokenOf } from "#lib/auth/authenticate.ts";
import { sessionIdOf } from "#lib/auth/cookies.ts";
import type { Context, Visitor } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { refuseForgery } from "./same-origin.ts";

/**
 * Who sent a request that anybody may send; null for nobody in particular, a browser whose session has ended among them. A
 * token that is none is refused as everywhere, and so is another site's page that sends our cookie.
 */
export async function knownAsker(visitor: Visitor, request: Request): Promise<Context | null> {
  const { headers } = request;
  const withToken = tokenOf(headers) !== null;
  if (!withToken && !(await sessionIdOf(headers))) return null;
  try {
    const ctx = await authenticate(visitor, headers);
    if (ctx.via === "cookie") refuseForgery(request);
    return ctx;
  } catch (error) {
    if (!withToken && error instanceof AppError && error.code === "unauthenticated") return null;
    throw error;
  }
}
