import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Queryable } from "#lib/context.ts";
import { callerOfReader, callerOfToken } from "./caller-by-token.ts";
import { Refusal } from "./refusal.ts";
import { decoded } from "./routes.ts";
import { type Incoming, leavesHttp, serveDocker } from "./serve.ts";

/** The database, and whether nobody on the way can read what a request carries. */
export type Ways = { db: () => Queryable; isPrivate(request: IncomingMessage): boolean };

/** A container's log, for readers of ours. */
const oneLog = /^\/environments\/([^/?]+)\/containers\/([^/?]+)\/logs(?=\?|$)/;
const wholeCluster = /^\/environments\/([^/?]+)\/docker(?=[/?]|$)/;
const oneNode = /^\/environments\/([^/?]+)\/nodes\/([^/?]+)\/docker(?=[/?]|$)/;

/**
 * Answers Docker clients that carry a path and a token: `/environments/ID/docker/…` is the cluster,
 * `/environments/ID/nodes/NAME/docker/…` one node's own engine. False for every other path.
 */
export function serveByPath(ways: Ways, request: IncomingMessage, response: ServerResponse): boolean {
  return serveLog(ways, request, response) || serve(ways, request, { response });
}

/**
 * The log of a cluster's container, for a browser's session too: it changes nothing, and another site's page cannot read
 * what it answers. Both streams with timestamps, as Docker frames them; `follow`, `tail`, `since` and `until` are Docker's.
 */
function serveLog({ db, isPrivate }: Ways, request: IncomingMessage, response: ServerResponse): boolean {
  const [, environmentId, container] = oneLog.exec(request.url ?? "") ?? [];
  if (!environmentId || request.method !== "GET") return false;
  const { searchParams } = new URL(request.url!, "http://localhost");
  const asked = ["follow", "tail", "since", "until"].flatMap((name) => {
    const value = searchParams.get(name);
    return value === null ? [] : [[name, value]];
  });
  const query = new URLSearchParams([["stdout", "1"], ["stderr", "1"], ["timestamps", "1"], ...asked]);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("cache-control", "no-store");
  const identify = () => callerOfReader(db(), request, decoded(environmentId), isPrivate(request));
  void serveDocker({ db: db(), request, response, url: `/containers/${container}/logs?${query}`, identify });
  return true;
}

/** As `serveByPath`, for a request that asks to leave HTTP. */
export function upgradeByPath(ways: Ways, request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
  return serve(ways, request, { upgrade: { socket, head } });
}

/** Whether a request that offers another protocol is Docker's, and one that stays with HTTP all the same. */
export function staysByPath({ url = "/" }: IncomingMessage): boolean {
  const [prefix] = wholeCluster.exec(url) ?? oneNode.exec(url) ?? [];
  return prefix !== undefined && !leavesHttp(url.slice(prefix.length));
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
