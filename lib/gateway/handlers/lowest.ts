import { LRUCache } from "lru-cache";
import { askAll, living } from "../ask-all.ts";
import type { Call } from "../call.ts";
import type { Engine } from "../cluster.ts";
import { forward } from "../forward.ts";
import { Refusal } from "../refusal.ts";

/** A client's first question waits no longer for a node that has just fallen silent. */
const patienceMs = 2_500;

const versions = new LRUCache<string, number>({ max: 10_000, ttl: 30_000 });

/** To the node whose API is the oldest: what it speaks, all speak. Where it does not answer, to the oldest of those that do. */
export async function toLowest(call: Call): Promise<{ status: number }> {
  const up = living(call.cluster);
  const lowest = lowestOf(up.every(({ id }) => versions.has(id)) ? up : await pinged(call));
  try {
    return await forward(call, lowest, { patienceMs });
  } catch (error) {
    if (call.signal.aborted || !(error instanceof Refusal)) throw error;
    return forward(call, lowestOf(await pinged(call)));
  }
}

/** The nodes that answer a ping, and say with it what they speak. Throws Refusal 503 where none does. */
async function pinged(call: Call): Promise<Engine[]> {
  const { answers } = await askAll(call, { path: "/_ping" });
  for (const { engine, answer } of answers) versions.set(engine.id, numberOf(answer.headers["api-version"]));
  return answers.map(({ engine }) => engine);
}

const lowestOf = (engines: Engine[]): Engine =>
  engines.toSorted((one, other) => (versions.get(one.id) ?? 1e9) - (versions.get(other.id) ?? 1e9))[0]!;

/** 1.41 as 1041. */
function numberOf(version: unknown): number {
  const [major = 0, minor = 0] = String(version ?? "")
    .split(".")
    .map(Number);
  return major * 1000 + minor;
}
