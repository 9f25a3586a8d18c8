import { createServer, type IncomingHttpHeaders, type IncomingMessage, request as send } from "node:http";
import { duplexPair } from "node:stream";
import type { Context } from "#lib/context.ts";
import { serveDocker } from "./serve.ts";

/** What is asked of a cluster in the name of somebody whom this process knows already. */
export type Question = {
  method?: string;
  /** Path and query as an engine would see them. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** One node's own engine is meant, by this name. */
  node?: string;
  signal: AbortSignal;
};
export type Reply = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** The most that is kept in memory of one answer. */
const bodyLimitBytes = 32 * 1024 * 1024;

/**
 * Asks a cluster as a Docker client would, without a socket: the request passes the very same table, so role, audit and
 * merge are those of every other client. The connection itself says who asks: nothing that is sent can.
 */
export function openInside(ctx: Context, environmentId: string, question: Question): Promise<IncomingMessage> {
  const { method = "GET", path, body, headers = {}, node, signal } = question;
  const [near, far] = duplexPair();
  const { organisation, user, role, address } = ctx;
  const caller = { organisation, user, role, address, environmentId };
  const server = createServer((request, response) => {
    const incoming = { db: ctx.db, request, response, url: request.url ?? "/", identify: async () => caller };
    void serveDocker({ ...incoming, ...(node === undefined ? {} : { node }) });
  });
  // What lasts (a pull, a log that is followed) is ended by who asked.
  server.requestTimeout = 0;
  server.emit("connection", far);
  const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const told = text ? { "content-type": "application/json", "content-length": text.length } : {};
  return new Promise((resolve, reject) => {
    const sent = send({ createConnection: () => near, method, path, headers: { ...told, ...headers }, signal });
    sent.once("response", resolve);
    sent.once("error", reject);
    sent.end(text);
  });
}

/** The same, answered whole. Throws past 32 MiB, and what the signal says where that ends it. */
export async function askInside(ctx: Context, environmentId: string, question: Question): Promise<Reply> {
  const answer = await openInside(ctx, environmentId, question);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += (chunk as Buffer).length;
    if (size > bodyLimitBytes) throw new Error("the cluster answers with more than 32 MiB");
    chunks.push(chunk as Buffer);
  }
  return { status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks) };
}
