import { living } from "./ask-all.ts";
import { bodyOf } from "./body.ts";
import type { Call } from "./call.ts";
import type { Engine } from "./cluster.ts";
import { forward, type Instead } from "./forward.ts";
import { answersPing } from "./health.ts";
import { infoOf } from "./infos.ts";
import { closeIdle } from "./kept.ts";
import { Refusal } from "./refusal.ts";

/** How long the next manager waits for one that does not answer. */
const patienceMs = 2_500;

/** The living nodes that manage the swarm, in their order. */
export async function managersOf({ cluster }: Pick<Call, "cluster">): Promise<Engine[]> {
  const up = living(cluster);
  const infos = await Promise.all(up.map((engine) => infoOf(engine)));
  return up.filter((_, index) => infos[index]?.Swarm?.ControlAvailable);
}

/**
 * Passes a request to a manager; to the next one where it does not answer, and soon where it only asks. What changes
 * something goes to one that has just answered a ping, on a new connection, and is not asked for twice: it may have been
 * heard. Without a swarm, an engine says so itself.
 */
export async function toManager(call: Call, instead: Instead = {}): Promise<{ status: number }> {
  // What is streamed to one cannot be streamed to another.
  const whole = mayHaveBody(call) && !instead.body ? { ...instead, body: await bodyOf(call) } : instead;
  const managers = await managersOf(call);
  const asked = managers.length > 0 ? managers : living(call.cluster);
  const changes = call.method !== "GET";
  let failure: unknown;
  for (const engine of asked) {
    const isLast = engine === asked.at(-1);
    if (changes && !isLast && !(await answersPing(engine))) continue;
    try {
      if (changes) closeIdle(engine);
      return await forward(call, engine, isLast || !isQuick(call) ? whole : { ...whole, patienceMs });
    } catch (error) {
      if (call.signal.aborted || !(error instanceof Refusal)) throw error;
      if (changes)
        throw new Refusal(error.status, `${error.message}. It may have done what was asked: look, and ask again.`);
      failure = error;
    }
  }
  throw failure;
}

/** Whether it is answered at once: a log that is empty may say nothing for long. */
const isQuick = ({ method, path }: Call) => method === "GET" && !path.endsWith("/logs");

const mayHaveBody = ({ request }: Call) =>
  request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0;
