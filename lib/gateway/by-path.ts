import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Queryable } from "#lib/context.ts";
import { callerOfToken } from "./authenticate.ts";
import { type Incoming, serveDocker } from "./serve.ts";

const wholeCluster = /^\/environments\/([^/?]+)\/docker(?=[/?]|$)/;
const oneNode = /^\/environments\/([^/?]+)\/nodes\/([^/?]+)\/docker(?=[/?]|$)/;

/**
 * Answers Docker clients that carry a path and a token: `/environments/ID/docker/…` is the cluster,
 * `/environments/ID/nodes/NAME/docker/…` one node's own engine. False for every other path.
 */
export function serveByPath(db: () => Queryable, request: IncomingMessage, response: ServerResponse): boolean {
  return serve(db, request, { response });
}

/** The same for a request that asks to leave HTTP. */
export function upgradeByPath(db: () => Queryable, request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
  return serve(db, request, { upgrade: { socket, head } });
}

function serve(db: () => Queryable, request: IncomingMessage, way: Pick<Incoming, "response" | "upgrade">): boolean {
  const url = request.url ?? "";
  const found = wholeCluster.exec(url) ?? oneNode.exec(url);
  if (!found) return false;
  const [prefix, environmentId, node] = found;
  const identify = () => callerOfToken(db(), request, environmentId!);
  const rest = url.slice(prefix.length);
  const asSeen = rest.startsWith("/") ? rest : `/${rest}`;
  void serveDocker({
    db: db(),
    request,
    ...way,
    url: asSeen,
    identify,
    ...(node ? { node: decodeURIComponent(node) } : {}),
  });
  return true;
}
