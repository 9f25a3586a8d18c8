import { LRUCache } from "lru-cache";
import { askAll, living } from "./ask-all.ts";
import { bodyOf } from "./body.ts";
import type { Call } from "./call.ts";
import type { Engine } from "./cluster.ts";
import { forward, type Instead } from "./forward.ts";
import { jsonOf } from "./http-client.ts";
import { Refusal } from "./refusal.ts";

const kept = new LRUCache<string, Set<string>>({ max: 1_000, ttl: 3_000 });

/** How long the next manager waits for one that does not answer. */
const patienceMs = 2_500;

type Info = { Swarm?: { ControlAvailable?: boolean } };

/** The living nodes that manage the swarm, in their order; found anew every few seconds. */
export async function managersOf(call: Pick<Call, "cluster" | "signal">): Promise<Engine[]> {
  const { environmentId } = call.cluster;
  let ids = kept.get(environmentId);
  if (!ids) {
    const { answers } = await askAll(call, { path: "/info" });
    const managing = answers.filter(
      ({ answer }) => answer.status === 200 && jsonOf<Info>(answer).Swarm?.ControlAvailable,
    );
    ids = new Set(managing.map(({ engine }) => engine.id));
    kept.set(environmentId, ids);
  }
  const managers = ids;
  return living(call.cluster).filter(({ id }) => managers.has(id));
}

/**
 * Passes a request to a manager; to the next one where it does not answer, and soon where it only asks. Without a swarm, an
 * engine says so itself.
 */
export async function toManager(call: Call, instead: Instead = {}): Promise<{ status: number }> {
  // What is streamed to one cannot be streamed to another.
  const whole = mayHaveBody(call) && !instead.body ? { ...instead, body: await bodyOf(call) } : instead;
  const managers = await managersOf(call);
  const asked = managers.length > 0 ? managers : living(call.cluster);
  let failure: unknown;
  for (const engine of asked) {
    const isLast = engine === asked.at(-1);
    try {
      return await forward(call, engine, isLast || !isQuick(call) ? whole : { ...whole, patienceMs });
    } catch (error) {
      if (call.signal.aborted || !(error instanceof Refusal)) throw error;
      kept.delete(call.cluster.environmentId);
      failure = error;
    }
  }
  throw failure;
}

/** Whether it is answered at once: a log that is empty may say nothing for long. */
const isQuick = ({ method, path }: Call) => method === "GET" && !path.endsWith("/logs");

const mayHaveBody = ({ request }: Call) =>
  request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0;
