import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { createInterface } from "node:readline";
import { living } from "../ask-all.ts";
import { type Call, pathWith } from "../call.ts";
import type { Engine } from "../cluster.ts";
import { forward, headersFor } from "../forward.ts";
import { noteSilence, watchStream } from "../health.ts";
import { Refusal } from "../refusal.ts";
import { registryAuth } from "../registries.ts";

/**
 * Pulls an image onto every node that answers, with the same credentials. The client sees one node's progress, as from
 * one engine; where another fails, the stream ends with its error, and its name.
 */
export async function pullImage(call: Call): Promise<{ status: number }> {
  const image = call.query.get("fromImage");
  if (!image) return forward(call, living(call.cluster)[0]!);
  const headers = headersFor(call.request, { headers: await registryAuth(call, image), body: Buffer.alloc(0) });
  const [first, ...others] = living(call.cluster);
  const rest = others.map((engine) => pullQuietly(call, engine, headers));
  const { answer, stop } = await begin(call, first!, headers);
  const status = answer.statusCode!;
  const { connection: _, "keep-alive": __, "content-length": ___, "transfer-encoding": ____, ...kept } = answer.headers;
  call.response!.writeHead(status, kept);
  call.response!.flushHeaders();
  try {
    for await (const chunk of answer) if (!call.response!.write(chunk)) await drained(call);
  } catch (error) {
    tell(call, `${first!.name}: ${(error as Error).message}`);
  } finally {
    stop();
  }
  // What one engine refuses (a missing image, bad credentials) is the whole answer.
  if (status === 200)
    for (const failure of (await Promise.all(rest)).filter((one) => one !== null)) tell(call, failure);
  call.response!.end();
  return { status };
}

const tell = ({ response }: Call, message: string) =>
  response!.write(`${JSON.stringify({ errorDetail: { message }, error: message })}\r\n`);

function drained({ response, signal }: Call): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      response!.off("drain", settle);
      signal.removeEventListener("abort", settle);
      resolve();
    };
    response!.once("drain", settle);
    signal.addEventListener("abort", settle, { once: true });
  });
}

/** Null when the image is there; else what the node said, after its name. */
async function pullQuietly(call: Call, engine: Engine, headers: string[]): Promise<string | null> {
  try {
    const { answer, stop } = await begin(call, engine, headers);
    try {
      let failure: string | null = null;
      for await (const line of createInterface({ input: answer }))
        failure = errorIn(line, answer.statusCode!) ?? failure;
      return failure && `${engine.name}: ${failure}`;
    } finally {
      stop();
    }
  } catch (error) {
    return error instanceof Refusal ? error.message : `${engine.name}: ${(error as Error).message}`;
  }
}

function errorIn(line: string, status: number): string | null {
  try {
    const { error, message } = JSON.parse(line) as { error?: string; message?: string };
    return error ?? (status === 200 ? null : (message ?? null));
  } catch {
    return null;
  }
}

type Begun = { answer: IncomingMessage; stop: () => void };

/** A pull whose answer has begun; it is cut when its node falls silent, until `stop`. */
function begin(call: Call, engine: Engine, headers: string[]): Promise<Begun> {
  const { host, port, agent } = engine;
  const options = { host, port, agent, method: "POST", path: pathWith(call), headers };
  return new Promise((resolve, reject) => {
    const sent = request({ ...options, signal: call.signal });
    const stop = watchStream(engine, (reason) => sent.destroy(reason));
    sent.once("response", (answer) => resolve({ answer, stop }));
    sent.on("error", (cause) => {
      stop();
      if (!call.signal.aborted) noteSilence(engine);
      reject(new Refusal(502, `${engine.name}: ${cause.message}`, { cause }));
    });
    sent.end();
  });
}
