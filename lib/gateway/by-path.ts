import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Queryable } from "#lib/context.ts";
import { callerOfToken } from "./authenticate.ts";
import { Refusal } from "./refusal.ts";
import { decoded } from "./routes.ts";
import { type Incoming, serveDocker } from "./serve.ts";

/** The database, and whether nobody on the way can read what a request carries. */
export type Ways = { db: () => Queryable; isPrivate(request: IncomingMessage): boolean };

const wholeCluster = /^\/environments\/([^/?]+)\/docker(?=[/?]|$)/;
const oneNode = /^\/environments\/([^/?]+)\/nodes\/([^/?]+)\/docker(?=[/?]|$)/;

/**
 * Answers Docker clients that carry a path and a token: `/environments/ID/docker/…` is the cluster,
 * `/environments/ID/nodes/NAME/docker/…` one node's own engine. False for every other path.
 */
export function serveByPath(ways: Ways, request: IncomingMessage, response: ServerResponse): boolean {
  return serve(ways, request, { response });
}

/** The same for a request that asks to leave HTTP. */
export function upgradeByPath(ways: Ways, request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
  return serve(ways, request, { upgrade: { socket, head } });
}

function serve(
  { db, isPrivate }: Ways,
  request: IncomingMessage,
  way: Pick<Incoming, "response" | "upgrade">,
): boolean {
  const url = request.url ?? "";
  const found = wholeCluster.exec(url) ?? oneNode.exec(url);
  if (!found) return false;
  const [prefix, environmentId, node] = found;
  const identify = async () => {
    if (!isPrivate(request)) throw new Refusal(403, "A token does not travel in clear: use https, or the Docker port.");
    return callerOfToken(db(), request, environmentId!);
  };
  const rest = url.slice(prefix.length);
  const asSeen = rest.startsWith("/") ? rest : `/${rest}`;
  void serveDocker({
    db: db(),
    request,
    ...way,
    url: asSeen,
    identify,
    ...(node ? { node: decoded(node) } : {}),
  });
  return true;
}
