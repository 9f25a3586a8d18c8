import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Queryable } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { isOutage } from "#lib/db/outage.ts";
import { messageOf } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import type { Role } from "#lib/model/roles.ts";
import type { Call } from "./call.ts";
import { type Caller, refuseBelow } from "./caller.ts";
import { type Cluster, clusterFor } from "./cluster.ts";
import { anyAnswers } from "./health.ts";
import { pass } from "./pass.ts";
import { Refusal, refuse, refuseUpgrade } from "./refusal.ts";
import { type Match, match } from "./routes.ts";

/** How soon what lasts ends after the certificate, token or role by which it was asked for. */
const againEveryMs = 5_000;

/** A request of a Docker client as it came in, and how to learn whose it is. */
export type Incoming = {
  db: Queryable;
  request: IncomingMessage;
  response?: ServerResponse;
  upgrade?: { socket: Duplex; head: Buffer };
  /** Path and query as an engine would see them. */
  url: string;
  identify(): Promise<Caller>;
  /** One node's own engine is meant, by this name. */
  node?: string;
};

/** Answers one request of a Docker client: who asks, may they, where does it go; and writes down what changes something. */
export async function serveDocker(incoming: Incoming): Promise<void> {
  const { request, response, upgrade } = incoming;
  const gone = new AbortController();
  const leave = () => gone.abort(new Error("the client has gone"));
  if (response) response.once("close", () => response.writableFinished || leave());
  upgrade?.socket.once("close", leave);
  // A connection that breaks is its own end: nobody is left to tell.
  upgrade?.socket.on("error", () => {});
  request.on("error", () => {});
  try {
    await answer(incoming, gone.signal);
  } catch (error) {
    if (gone.signal.aborted) return;
    const refusal = refusalOf(error);
    if (refusal.status === 500) log.error({ err: error }, messageOf(error));
    if (response) refuse(response, refusal);
    else refuseUpgrade(upgrade!.socket, refusal);
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return isOutage(error)
    ? new Refusal(503, "CloudHero's database does not answer; try again.")
    : new Refusal(500, "Something went wrong on CloudHero's side.");
}

async function answer(incoming: Incoming, signal: AbortSignal): Promise<void> {
  const { db, request } = incoming;
  const caller = await incoming.identify();
  const { version, path, query } = taken(incoming.url);
  const method = request.method ?? "GET";
  const found = match(method, path);
  if (!found) throw new Refusal(404, "page not found");
  const { route, params } = found;
  refuseBelow(caller, route.role);
  const cluster = only(await clusterFor(db, caller), incoming.node);
  await anyAnswers(cluster.engines);
  const { response, upgrade } = incoming;
  const call: Call = { db, request, response, upgrade, cluster, caller, method, version, path, query, params, signal };
  const stop = endWith(incoming, route.role);
  try {
    await audited(call, found, () =>
      incoming.node === undefined ? route.handler(call) : pass(call, cluster.engines[0]!),
    );
  } finally {
    stop();
  }
}

/** Asks again and again whether the client may have what it has; answers how to stop. */
function endWith({ identify, response, upgrade }: Incoming, role: Role): () => void {
  const again = async () => refuseBelow(await identify(), role);
  const end = (error: unknown) => error instanceof Refusal && (response ?? upgrade!.socket).destroy();
  const timer = setInterval(() => again().catch(end), againEveryMs).unref();
  return () => clearInterval(timer);
}

/**
 * Whether a request to this path (and query) leaves HTTP where the client asks for it. Some clients offer another protocol
 * on every request: where this is false it is declined, and the request is one like any other.
 */
export const leavesHttp = (url: string): boolean => leaving.test(taken(url).path);

const leaving = /^\/(containers\/[^/]+\/attach(\/ws)?|exec\/[^/]+\/start|session|grpc)$/;

/** "/v1.41/containers/json?all=1" in its parts. */
function taken(url: string): { version: string; path: string; query: URLSearchParams } {
  const [whole = "/", ...search] = url.split("?");
  const version = whole.match(/^\/v\d+\.\d+(?=\/|$)/)?.[0] ?? "";
  return {
    version,
    path: whole.slice(version.length).replace(/\/+$/, "") || "/",
    query: new URLSearchParams(search.join("?")),
  };
}

function only(cluster: Cluster, node: string | undefined): Cluster {
  if (node === undefined) return cluster;
  const engine = cluster.engines.find(({ name }) => name === node);
  if (engine) return { ...cluster, engines: [engine], away: [] };
  if (cluster.away.includes(node)) throw new Refusal(503, `The node ${node} cannot be reached.`);
  throw new Refusal(404, `${cluster.name} has no node ${node}.`);
}

/** What changes something is written down with its outcome; what lasts, when it begins as well. */
async function audited(call: Call, { route }: Match, run: () => Promise<{ status: number }>): Promise<void> {
  if (route.audit === "no") {
    await run();
    return;
  }
  if (route.audit === "session") await note(call, { phase: "start" });
  let status = 0;
  try {
    ({ status } = await run());
  } catch (error) {
    status = error instanceof Refusal ? error.status : 500;
    throw error;
  } finally {
    await note(call, { status, ...(route.audit === "session" ? { phase: "end" } : {}) });
  }
}

async function note({ db, caller, cluster, method, path }: Call, details: Record<string, unknown>): Promise<void> {
  const line = { method, path: path.slice(0, 500), environment: cluster.name, ...details };
  await recordAudit(db, caller, "docker.request", cluster.environmentId, line);
}
