import { once } from "node:events";
import type { ClientRequest, IncomingMessage } from "node:http";
import { request } from "node:https";
import { createInterface } from "node:readline";
import { warning } from "../answer.ts";
import { living, silentIn } from "../ask-all.ts";
import { type Call, pathWith } from "../call.ts";
import type { Engine } from "../cluster.ts";
import { noteSilence, watchStream } from "../health.ts";
import { Refusal } from "../refusal.ts";

/**
 * Sends a request that brings an image to every node that answers, with the client's body where it has one. The client
 * sees one node's progress, as from one engine; where another fails, the stream ends with its error, and its name.
 */
export async function everywhere(call: Call, headers: string[], body?: IncomingMessage): Promise<{ status: number }> {
  const [first, ...others] = living(call.cluster).map((engine) => ask(call, engine, headers));
  const rest = others.map(quietly);
  const asked = [first!, ...others];
  if (body) void feed(body, asked);
  else for (const { sent } of asked) sent.end();
  const answer = await first!.answer;
  const status = answer.statusCode!;
  const { connection: _, "keep-alive": __, "content-length": ___, "transfer-encoding": ____, ...kept } = answer.headers;
  call.response!.writeHead(status, { ...kept, ...warning(silentIn(call.cluster)) });
  call.response!.flushHeaders();
  try {
    for await (const chunk of answer) if (!call.response!.write(chunk)) await drained(call);
  } catch (error) {
    tell(call, `${first!.engine.name}: ${(error as Error).message}`);
  } finally {
    first!.stop();
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

type Asked = { engine: Engine; sent: ClientRequest; answer: Promise<IncomingMessage>; stop: () => void };

/** A request that waits for its body; it is cut when its node falls silent, until `stop`. */
function ask(call: Call, engine: Engine, headers: string[]): Asked {
  const { host, port, agent } = engine;
  const options = { host, port, agent, method: "POST", path: pathWith(call), headers };
  const sent = request({ ...options, signal: call.signal });
  const stop = watchStream(engine, (reason) => sent.destroy(reason));
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once("response", resolve);
    sent.on("error", (cause) => {
      stop();
      if (!call.signal.aborted) noteSilence(engine);
      reject(new Refusal(502, `${engine.name}: ${cause.message}`, { cause }));
    });
  });
  return { engine, sent, answer, stop };
}

/** The body to all of them at the pace of the slowest; one that has gone is left behind. */
async function feed(body: IncomingMessage, asked: readonly Asked[]): Promise<void> {
  try {
    for await (const chunk of body) await Promise.all(asked.map(({ sent }) => write(sent, chunk)));
    for (const { sent } of asked) sent.end();
  } catch {
    // The client has gone in the middle: what it sent is no image.
    for (const { sent } of asked) sent.destroy();
  }
}

async function write(sent: ClientRequest, chunk: Buffer): Promise<void> {
  if (sent.destroyed || sent.write(chunk)) return;
  const settled = new AbortController();
  const until = (event: string) => once(sent, event, { signal: settled.signal }).catch(() => {});
  await Promise.race([until("drain"), until("close")]);
  settled.abort();
}

/** Null when the image is there; else what the node said, after its name. */
async function quietly({ engine, answer: begun, stop }: Asked): Promise<string | null> {
  try {
    const answer = await begun;
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
