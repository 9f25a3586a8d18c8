import type { ClientRequest, IncomingMessage } from "node:http";
import { request } from "node:https";
import { createInterface } from "node:readline";
import { type Call, pathWith } from "./call.ts";
import type { Engine } from "./cluster.ts";
import { noteSilence, watchStream } from "./health.ts";
import { Refusal } from "./refusal.ts";

/** A request that waits for its body; it is cut when its node falls silent, until `stop`. */
export type Begun = { engine: Engine; sent: ClientRequest; answer: Promise<IncomingMessage>; stop: () => void };

type Other = { method?: string; path?: string; headers: string[] };

/** As the client asked, or by another method and path. */
export function begin(
  call: Call,
  engine: Engine,
  { method = call.method, path = pathWith(call), headers }: Other,
): Begun {
  const { host, port, agent } = engine;
  const sent = request({ host, port, agent, method, path, headers, signal: call.signal });
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

/** How an image's progress ended: null when the image is there; else what the node said, after its name. */
export async function failureOf({ engine, answer: begun, stop }: Begun): Promise<string | null> {
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
