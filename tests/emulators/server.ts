import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fault } from "./faults.ts";

export type EmulatedRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  rawQuery: string;
  headers: Record<string, string>;
  body: string;
};
export type EmulatedAnswer = { status: number; headers?: Record<string, string>; body?: string };
/** `answer` is null when the call had no effect because the fault came first. */
export type Handled = { answer: EmulatedAnswer; fault: Fault | null };

const MAX_BODY_BYTES = 4 * 1024 * 1024;
const SILENCE_MS = 120_000;

/** An HTTP server on loopback whose every answer comes from `handle`; connections are dropped where a fault says so. */
export async function serveLoopback(port: number, handle: (request: EmulatedRequest) => Promise<Handled> | Handled) {
  const silent = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    answer(request, response, handle, silent).catch((error: unknown) => {
      console.error("emulator:", error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close(): Promise<void> {
      for (const timer of silent) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handle: (request: EmulatedRequest) => Promise<Handled> | Handled,
  silent: Set<NodeJS.Timeout>,
): Promise<void> {
  const body = await read(request);
  const url = new URL(request.url ?? "/", "http://emulator");
  const { answer, fault } = await handle({
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    rawQuery: url.search.slice(1),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    body,
  });
  if (fault?.answer === "drop") {
    request.socket.destroy();
  } else if (fault?.answer === "silence") {
    const timer = setTimeout(() => request.socket.destroy(), SILENCE_MS);
    silent.add(timer);
    request.socket.once("close", () => clearTimeout(timer));
  } else {
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body ?? "");
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error("request body over 4 MiB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
