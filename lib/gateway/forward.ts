import type { IncomingMessage, ServerResponse } from "node:http";
import { request } from "node:https";
import { type Call, pathWith } from "./call.ts";
import type { Engine } from "./cluster.ts";
import { flow } from "./flow.ts";
import { noteSilence, watchStream } from "./health.ts";
import { closeIdle, foundItDead } from "./kept.ts";
import { Refusal } from "./refusal.ts";

/** What may be said to the engine instead of what the client said. */
export type Instead = {
  path?: string;
  query?: URLSearchParams;
  headers?: Record<string, string>;
  body?: Buffer;
  /** By when the engine's answer must have begun; without it, as long as the engine is heard. */
  patienceMs?: number;
};

/** Headers that are a connection's own; and what says who somebody is to us, which no node may learn. */
const own = new Set([
  ...["connection", "keep-alive", "host", "expect"],
  ...["authentication-token", "authorization", "proxy-authorization", "cookie"],
]);
const length = new Set(["transfer-encoding", "content-length"]);

/** In pairs, as raw headers are. A header that the client sends several times is sent as often: BuildKit's session tells its methods so. */
export function headersFor({ rawHeaders }: IncomingMessage, { headers = {}, body }: Instead): string[] {
  const instead = new Set(Object.keys(headers));
  const ours = (name: string) => own.has(name) || instead.has(name) || (body !== undefined && length.has(name));
  const told = [...Object.entries(headers).flat(), ...(body ? ["content-length", String(body.length)] : [])];
  return [...without(rawHeaders, ours), "host", "docker", ...told];
}

/** Pairs of raw headers without those of these names, which are in lower case. */
function without(raw: string[], isLeftOut: (name: string) => boolean): string[] {
  const kept: string[] = [];
  for (let index = 0; index < raw.length; index += 2)
    if (!isLeftOut(raw[index]!.toLowerCase())) kept.push(raw[index]!, raw[index + 1]!);
  return kept;
}

/**
 * Passes a request to a node's engine and its answer back, as they are and as they come. Ends when both have ended; a
 * client that leaves ends the engine's work. Throws Refusal where the node does not answer.
 */
export function forward(call: Call, engine: Engine, instead: Instead = {}): Promise<{ status: number }> {
  return send(call, engine, instead, () => {
    closeIdle(engine);
    return send(call, engine, instead);
  });
}

/** `again` is called instead of failing where the connection was found dead. */
function send(
  call: Call,
  engine: Engine,
  instead: Instead,
  again?: () => Promise<{ status: number }>,
): Promise<{ status: number }> {
  const { request: incoming, signal } = call;
  const { host, port, agent } = engine;
  const path = pathWith(call, instead.query, instead.path);
  const sent = request({ host, port, agent, method: call.method, path, headers: headersFor(incoming, instead) });
  const leave = () => sent.destroy();
  const stop = watchStream(engine, (reason) => sent.destroy(reason));
  const isBare = !instead.body && !hasBody(incoming);
  return new Promise<{ status: number }>((resolve, reject) => {
    let answered = false;
    const late = instead.patienceMs && setTimeout(() => sent.destroy(new Error("no answer")), instead.patienceMs);
    sent.once("close", () => clearTimeout(late));
    signal.addEventListener("abort", leave, { once: true });
    if (signal.aborted) leave();
    sent.on("response", (answer) => {
      answered = true;
      clearTimeout(late);
      passBack(call.response!, answer).then(resolve);
    });
    sent.on("error", (error) => {
      if (again && isBare && !answered && !signal.aborted && sent.reusedSocket && foundItDead(call.method, error))
        return again().then(resolve, reject);
      if (!signal.aborted) noteSilence(engine);
      reject(new Refusal(502, `${engine.name} does not answer: ${error.message}`, { cause: error }));
    });
    if (isBare || instead.body) sent.end(instead.body);
    else incoming.pipe(sent);
  }).finally(() => {
    stop();
    signal.removeEventListener("abort", leave);
  });
}

/** Ends when the client has all of the answer, or has gone. */
function passBack(response: ServerResponse, answer: IncomingMessage): Promise<{ status: number }> {
  const status = answer.statusCode!;
  response.writeHead(status, answer.statusMessage, without(answer.rawHeaders, isOfConnection));
  // A wait is told that it has begun long before it ends; what comes together goes out together.
  const { socket } = response;
  socket?.cork();
  response.flushHeaders();
  setImmediate(() => socket?.uncork());
  flow(answer, response);
  // An answer that breaks off breaks ours off: its end would be taken for the whole.
  answer.once("error", () => response.destroy());
  return new Promise((resolve) => {
    const settle = () => resolve({ status });
    response.once("close", settle).once("finish", settle);
  });
}

const isOfConnection = (name: string) => name === "connection" || name === "keep-alive";

const hasBody = ({ headers }: IncomingMessage) =>
  headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
