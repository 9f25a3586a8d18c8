import type { IncomingMessage, RequestListener } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { peerHeader } from "#lib/api/address.ts";
import { errorResponse } from "#lib/api/http.ts";
import { AppError, messageOf, notFound } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import type { Match, RouteTable } from "./routes.ts";

/** What a path has that lies below the API's, and is none of it. */
const NOWHERE: Match = { methods: {}, params: {} };

/** Answers what `table` knows, with the very handlers that Next would call; everything else goes to `otherwise`. */
export function dispatch(table: RouteTable, otherwise: RequestListener): RequestListener {
  const matches = new WeakMap<object, Match>();
  const answer = getRequestListener((request, { incoming }) => run(matches.get(incoming)!, request), {
    overrideGlobalObjects: false,
    errorHandler: refuse,
  });
  return (request, response) => {
    notePeer(request);
    const path = pathOf(request);
    const match = table.match(path) ?? (table.owns(path) ? NOWHERE : null);
    if (!match && !isTarget(path)) return void response.writeHead(400, { connection: "close" }).end();
    if (!match) return otherwise(request, response);
    matches.set(request, match);
    void answer(request, response);
  };
}

async function run({ methods, params }: Match, request: Request): Promise<Response> {
  if (methods === NOWHERE.methods) return errorResponse(notFound("This path"));
  const handler = methods[request.method];
  const context = { params: Promise.resolve(params) };
  if (handler) return handler(request, context);
  if (request.method === "HEAD" && methods.GET) return headersOf(await methods.GET(request, context));
  const allow = [...Object.keys(methods), ...(methods.GET ? ["HEAD"] : []), "OPTIONS"].join(", ");
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: { allow } });
  const refusal = errorResponse(new AppError("method_not_allowed", `This path takes ${allow}.`));
  refusal.headers.set("allow", allow);
  return refusal;
}

async function headersOf(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, response);
}

function refuse(error: unknown): Response {
  if (error instanceof RequestError) return errorResponse(new AppError("malformed", `${error.message}.`));
  log.error({ err: error }, messageOf(error));
  return errorResponse(new AppError("internal", "Something went wrong on our side."));
}

/** Handlers see a request's headers alone, so the peer's address travels as one; nobody else can send it. */
function notePeer(request: IncomingMessage): void {
  for (let index = request.rawHeaders.length - 2; index >= 0; index -= 2)
    if (request.rawHeaders[index]!.toLowerCase() === peerHeader) request.rawHeaders.splice(index, 2);
  const address = request.socket.remoteAddress ?? "";
  request.rawHeaders.push(peerHeader, address);
  request.headers[peerHeader] = address;
}

/** A path, or a whole address as proxies are told it; Next takes anything for one, and throws. */
const isTarget = (text: string): boolean => text.startsWith("/") || URL.canParse(text);

function pathOf({ url = "/" }: IncomingMessage): string {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query);
}
