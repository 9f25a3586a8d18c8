import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import type { Engine } from "./cluster.ts";
import { closeIdle, foundItDead } from "./kept.ts";

/** The most that is kept in memory of one answer. */
const bodyLimitBytes = 64 * 1024 * 1024;

export type Asked = {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** Instead of `body`: JSON as it is to be sent. */
  text?: Buffer;
  timeoutMs: number;
  signal?: AbortSignal;
};
export type Answered = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** One small request to an engine, answered whole. Throws where the node does not answer within `timeoutMs`. */
export function ask(engine: Engine, asked: Asked): Promise<Answered> {
  return send(engine, asked, () => {
    closeIdle(engine);
    return send(engine, asked);
  });
}

/** `again` is called instead of failing where the connection was found dead. */
function send(
  engine: Engine,
  { method = "GET", path, headers = {}, body, text: raw, timeoutMs, signal }: Asked,
  again?: () => Promise<Answered>,
): Promise<Answered> {
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const { host, port, agent } = engine;
  const type =
    text === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
  const sent = request({ host, port, agent, method, path, headers: { ...headers, ...type } });
  const leave = () => sent.destroy(signal?.reason);
  const late = setTimeout(() => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  return new Promise<Answered>((resolve, reject) => {
    sent.on("error", (error) => {
      if (again && foundItDead(sent, error)) again().then(resolve, reject);
      else reject(error);
    });
    sent.on("response", (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > bodyLimitBytes) response.destroy(new Error(`${engine.name} answers with more than 64 MiB`));
        else chunks.push(chunk);
      });
      response.on("end", () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
      );
      response.on("error", reject);
    });
    signal?.addEventListener("abort", leave, { once: true });
    if (signal?.aborted) leave();
    else sent.end(text);
  }).finally(() => {
    clearTimeout(late);
    signal?.removeEventListener("abort", leave);
  });
}

export const get = (engine: Engine, path: string, timeoutMs: number) => ask(engine, { path, timeoutMs });

export const jsonOf = <T>({ body }: Answered): T => JSON.parse(body.toString("utf8"));
