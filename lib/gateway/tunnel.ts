import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { type Call, pathWith } from "./call.ts";
import type { Engine } from "./cluster.ts";
import { flow } from "./flow.ts";
import { headersFor, type Instead } from "./forward.ts";
import { noteSilence, watchStream } from "./health.ts";
import { Refusal } from "./refusal.ts";
import { responseOn } from "./response-on.ts";
import { takeBody } from "./take-body.ts";

/** docker-py swallows what arrives together with the answer that leaves HTTP. */
const breathMs = 15;

/**
 * Carries a request that leaves HTTP (attach, exec, BuildKit) to a node's engine, and then every byte both ways; each
 * side may end its half alone. Ends when the connection has. Throws Refusal where the node does not answer.
 */
export async function tunnel(call: Call, engine: Engine, instead: Instead = {}): Promise<{ status: number }> {
  const { socket, head } = call.upgrade!;
  const [body, rest] = await takeBody(call.request, socket, head);
  const sent = open(call, engine, { ...instead, body: instead.body ?? body });
  let cut = (reason: Error) => void sent.destroy(reason);
  const stop = watchStream(engine, (reason) => cut(reason));
  try {
    const { answer, upstream, first } = await answered(sent, engine, call.signal);
    if (!upstream) return await refused(call, answer);
    cut = (reason) => void upstream.destroy(reason);
    socket.write(statusLine(answer));
    await sleep(breathMs);
    // A connection that has closed by now will not do so again.
    if (socket.destroyed) {
      upstream.destroy();
      return { status: answer.statusCode! };
    }
    if (first.length > 0) socket.write(first);
    if (rest.length > 0) upstream.write(rest);
    await joined(socket, upstream);
    return { status: answer.statusCode! };
  } finally {
    stop();
  }
}

/** The headers and the body go in one write: the engine takes what comes later for the container's input. */
function open(call: Call, { host, port, agent }: Engine, instead: Instead) {
  const { connection = "Upgrade" } = call.request.headers;
  const headers = [...headersFor(call.request, instead), "connection", connection];
  const path = pathWith(call, instead.query, instead.path);
  const sent = request({ host, port, agent, method: call.method, path, headers });
  const leave = () => sent.destroy();
  call.signal.addEventListener("abort", leave, { once: true });
  if (call.signal.aborted) leave();
  sent.once("upgrade", () => call.signal.removeEventListener("abort", leave));
  sent.setNoDelay(true);
  sent.end(instead.body?.length ? instead.body : undefined);
  return sent;
}

type Answer = { answer: IncomingMessage; upstream: Duplex | null; first: Buffer };

function answered(sent: ReturnType<typeof request>, engine: Engine, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    sent.once("upgrade", (answer, upstream, first) => resolve({ answer, upstream, first }));
    sent.once("response", (answer) => resolve({ answer, upstream: null, first: Buffer.alloc(0) }));
    sent.once("error", (error) => {
      if (!signal.aborted) noteSilence(engine);
      reject(new Refusal(502, `${engine.name} does not answer: ${error.message}`, { cause: error }));
    });
  });
}

/** An engine that stays with HTTP has refused. */
function refused(call: Call, answer: IncomingMessage): Promise<{ status: number }> {
  const response = responseOn(call.request, call.upgrade!.socket);
  const { connection: _, "keep-alive": __, ...headers } = answer.headers;
  response.writeHead(answer.statusCode!, headers);
  answer.pipe(response);
  return new Promise((resolve) => {
    const settle = () => resolve({ status: answer.statusCode! });
    response.once("finish", settle);
    call.upgrade!.socket.once("close", settle);
  });
}

function statusLine({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`];
  for (let index = 0; index < rawHeaders.length; index += 2)
    lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** Pipes both ways until both have ended; one that breaks breaks the other. */
function joined(socket: Duplex, upstream: Duplex): Promise<void> {
  flow(socket, upstream);
  flow(upstream, socket);
  return new Promise((resolve) => {
    const end = () => {
      socket.destroy();
      upstream.destroy();
      resolve();
    };
    socket.once("error", end).once("close", end);
    // The engine has nothing more to say: what is on its way is delivered first.
    upstream.once("error", end).once("close", () => socket.end(end));
  });
}
