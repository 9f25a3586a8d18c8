import type { Call } from "./call.ts";
import type { Cluster, Engine } from "./cluster.ts";
import { isDown, noteSilence } from "./health.ts";
import { type Answered, type Asked, ask } from "./http-client.ts";
import { Refusal } from "./refusal.ts";

/** A list waits no longer for a node: the answer then names it. */
const patienceMs = 2_500;

export type From<T = Answered> = { engine: Engine; answer: T };
/** `missing`: names of nodes that did not answer, or that cannot be asked. */
export type All = { answers: From[]; missing: string[] };

/** The engines that answer, as far as is known. Throws Refusal 503, which names the nodes, where there is none. */
export function living({ engines, away }: Cluster): Engine[] {
  const up = engines.filter((engine) => !isDown(engine));
  if (up.length > 0) return up;
  const names = [...engines.map(({ name }) => name), ...away];
  throw new Refusal(503, `None of the cluster's nodes answers: ${names.join(", ")}.`);
}

/** Asks all living engines at once. Throws Refusal 503 where none answers. */
export async function askAll(
  { cluster, signal }: Pick<Call, "cluster" | "signal">,
  asked: Omit<Asked, "timeoutMs"> & { timeoutMs?: number },
): Promise<All> {
  const up = living(cluster);
  const results = await Promise.allSettled(up.map((engine) => askOne(engine, { signal, ...asked })));
  const answers = results.flatMap((result, index) =>
    result.status === "fulfilled" ? [{ engine: up[index]!, answer: result.value }] : [],
  );
  signal.throwIfAborted();
  if (answers.length === 0) living(cluster);
  const answering = new Set(answers.map(({ engine }) => engine.id));
  const silent = cluster.engines.filter(({ id }) => !answering.has(id)).map(({ name }) => name);
  return { answers, missing: [...silent, ...cluster.away] };
}

async function askOne(engine: Engine, asked: Omit<Asked, "timeoutMs"> & { timeoutMs?: number }): Promise<Answered> {
  try {
    return await ask(engine, { timeoutMs: patienceMs, ...asked });
  } catch (error) {
    if (!asked.signal?.aborted) noteSilence(engine);
    throw error;
  }
}

/** Asks one engine a question that it answers at once. Throws Refusal 502 where it does not. */
export async function askEngine(
  call: Pick<Call, "signal">,
  engine: Engine,
  asked: Omit<Asked, "timeoutMs"> & { timeoutMs?: number },
): Promise<Answered> {
  try {
    return await askOne(engine, { signal: call.signal, timeoutMs: 10_000, ...asked });
  } catch (cause) {
    throw new Refusal(502, `${engine.name} does not answer: ${(cause as Error).message}`, { cause });
  }
}
