import type { IncomingMessage } from "node:http";
import { peerHeader } from "#lib/api/address.ts";
import { visitorOf } from "#lib/api/visitor.ts";
import { authenticate, tokenOf } from "#lib/auth/authenticate.ts";
import { requireScope } from "#lib/auth/require.ts";
import { config } from "#lib/config.ts";
import type { Context } from "#lib/context.ts";
import { forbidden } from "#lib/errors.ts";
import type { Scope } from "#lib/model/scopes.ts";

/** Whoever sent a request, asked as often as one likes. Throws AppError "unauthenticated", and "forbidden" for another site's page or a token that is for something else. */
export function authorityOf(request: IncomingMessage, isPrivate: boolean, scope: Scope): () => Promise<Context> {
  const headers = headersOf(request);
  return async () => {
    if (tokenOf(headers)) {
      if (!isPrivate) throw forbidden("A token does not travel in clear: use https.");
    } else refuseOtherOrigin(headers);
    const ctx = await authenticate(visitorOf(headers), headers);
    requireScope(ctx, scope);
    return ctx;
  };
}

function headersOf({ headers, socket }: IncomingMessage): Headers {
  const sent = new Headers();
  for (const [name, value] of Object.entries(headers)) if (typeof value === "string") sent.set(name, value);
  sent.set(peerHeader, socket.remoteAddress ?? "");
  return sent;
}

/** Browsers let any page open a WebSocket to us with our cookie; they always say whose page it is. */
function refuseOtherOrigin(headers: Headers): void {
  const origin = headers.get("origin");
  const { publicUrl } = config();
  const own = [headers.get("host"), publicUrl && new URL(publicUrl).host];
  if (origin && URL.canParse(origin) && own.includes(new URL(origin).host)) return;
  throw forbidden("A browser's session works from CloudHero's own pages alone.");
}
