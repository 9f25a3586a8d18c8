import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Queryable } from "#lib/context.ts";
import type { Caller } from "./caller.ts";
import type { Cluster } from "./cluster.ts";

/** One request of a Docker client, on its way through the table. */
export type Call = {
  db: Queryable;
  request: IncomingMessage;
  /** Where the answer goes; absent for a request that asks to leave HTTP. */
  response?: ServerResponse;
  /** The connection of a request that asks to leave HTTP (attach, exec, BuildKit), and what came after its headers. */
  upgrade?: { socket: Duplex; head: Buffer };
  cluster: Cluster;
  caller: Caller;
  method: string;
  /** "/v1.41", or "" where the client named no version. */
  version: string;
  /** Without version and query. */
  path: string;
  query: URLSearchParams;
  /** What the table's pattern found in the path, decoded. */
  params: Record<string, string>;
  /** Ends when the client has gone. */
  signal: AbortSignal;
};

/** The path that an engine is asked: as the client wrote it, or with another query. */
export function pathWith(call: Call, query: URLSearchParams = call.query, path = call.path): string {
  const text = query.toString();
  return `${call.version}${path}${text ? `?${text}` : ""}`;
}
