import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { request } from "node:https";
import { pipeline } from "node:stream";
import { type Call, pathWith } from "./call.ts";
import type { Engine } from "./cluster.ts";
import { noteSilence, watchStream } from "./health.ts";
import { Refusal } from "./refusal.ts";

/** What may be said to the engine instead of what the client said. */
export type Instead = { path?: string; query?: URLSearchParams; headers?: Record<string, string>; body?: Buffer };

/** Headers that are a connection's own, or ours. */
const own = ["connection", "keep-alive", "host", "authentication-token", "authorization", "expect"];

/** A header that the client sends several times is sent as often: BuildKit's session tells its methods so. */
export function headersFor({ headersDistinct }: IncomingMessage, instead: Instead): OutgoingHttpHeaders {
  const said = Object.entries(headersDistinct).map(([name, values]) => [
    name,
    values?.length === 1 ? values[0] : values,
  ]);
  const sent: OutgoingHttpHeaders = { ...Object.fromEntries(said), ...instead.headers };
  for (const name of own) delete sent[name];
  if (instead.body) {
    delete sent["transfer-encoding"];
    sent["content-length"] = String(instead.body.length);
  }
  return { ...sent, host: "docker" };
}

/**
 * Passes a request to a node's engine and its answer back, as they are and as they come. Ends when both have ended; a
 * client that leaves ends the engine's work. Throws Refusal where the node does not answer.
 */
export function forward(call: Call, engine: Engine, instead: Instead = {}): Promise<{ status: number }> {
  const { request: incoming, response, signal } = call;
  const { host, port, agent } = engine;
  const path = pathWith(call, instead.query, instead.path);
  const options = { host, port, agent, method: call.method, path, headers: headersFor(incoming, instead), signal };
  return new Promise((resolve, reject) => {
    const sent = request(options);
    const stop = watchStream(engine, (reason) => sent.destroy(reason));
    sent.on("response", (answer) => {
      response!.writeHead(answer.statusCode!, answer.statusMessage, answer.rawHeaders.filter(keep(answer.rawHeaders)));
      // A wait is told that it has begun long before it ends.
      response!.flushHeaders();
      pipeline(answer, response!, () => {
        stop();
        resolve({ status: answer.statusCode! });
      });
    });
    sent.on("error", (error) => {
      stop();
      if (!signal.aborted) noteSilence(engine);
      reject(new Refusal(502, `${engine.name} does not answer: ${error.message}`, { cause: error }));
    });
    if (instead.body) sent.end(instead.body);
    else incoming.pipe(sent);
  });
}

/** Pairs of raw headers without those of the connection between us and the engine. */
const keep = (raw: string[]) => (_: string, index: number) =>
  !["connection", "keep-alive"].includes(raw[index - (index % 2)]!.toLowerCase());
