import type { Call } from "./call.ts";
import type { Cluster, Engine } from "./cluster.ts";
import { answersPing, anyAnswers, isDown, isHeard, noteSilence, watchStream } from "./health.ts";
import { type Answered, type Asked, ask } from "./http-client.ts";
import { Refusal } from "./refusal.ts";

/** A list waits no longer for a node: the answer then names it. */
const patienceMs = 2_500;
/** Where nobody has answered in that time, but somebody still lives: all are busy. With all pauses this stays below 10 s. */
const lastPatienceMs = 4_500;
/** Most of what may take long does not: only then is it watched whether the node is there. */
const watchAfterMs = 100;

export type From<T = Answered> = { engine: Engine; answer: T };
/** `missing`: names of nodes that did not answer, or that cannot be asked. */
export type All = { answers: From[]; missing: string[] };

/** The engines that answer, as far as is known. Throws Refusal 503, which names the nodes, where there is none. */
export function living(cluster: Cluster): Engine[] {
  const up = cluster.engines.filter((engine) => !isDown(engine));
  if (up.length > 0) return up;
  throw nobody(cluster);
}

/** All are busy with something else than this question. Answers Refusal 503, which says who lives. */
export function busy(cluster: Cluster): Refusal {
  const up = cluster.engines.filter((engine) => !isDown(engine)).map(({ name }) => name);
  const silent = silentIn(cluster);
  const others = silent.length > 0 ? ` These do not answer at all: ${silent.join(", ")}.` : "";
  return new Refusal(
    503,
    `${up.join(", ")} answer, but not this in time: they are busy, or the swarm has lost its leader and is choosing another. Try again soon.${others}`,
  );
}

export function nobody({ engines, away }: Cluster): Refusal {
  const names = [...engines.map(({ name }) => name), ...away];
  return new Refusal(503, `None of the cluster's nodes answers: ${names.join(", ")}.`);
}

/** Names of the nodes that are known not to answer, or cannot be asked. */
export const silentIn = ({ engines, away }: Cluster): string[] => [
  ...engines.filter(isDown).map(({ name }) => name),
  ...away,
];

type Question = Omit<Asked, "timeoutMs"> & { timeoutMs?: number };

/** Asks all living engines at once. Throws Refusal 503 where none answers. */
export async function askAll(call: Pick<Call, "cluster" | "signal">, asked: Question): Promise<All> {
  const all = await askLiving(call, asked);
  if (all.answers.length > 0) return all;
  if (!(await anyAnswers(call.cluster.engines))) throw nobody(call.cluster);
  // What changes something may have been heard.
  if ((asked.method ?? "GET") !== "GET") throw busy(call.cluster);
  const last = await askHeard(call, { ...asked, timeoutMs: Math.max(asked.timeoutMs ?? 0, lastPatienceMs) });
  if (last.answers.length === 0) throw busy(call.cluster);
  return last;
}

/** Once somebody has answered, only those are waited for whose own ping has come back: the others may be dead. */
async function askHeard(call: Pick<Call, "cluster" | "signal">, asked: Question): Promise<All> {
  const enough = new AbortController();
  const signal = AbortSignal.any([call.signal, enough.signal]);
  const open = new Set(living(call.cluster));
  let hasAnswer = false;
  return askLiving(call, { ...asked, signal }, (engine, answered) => {
    open.delete(engine);
    hasAnswer ||= answered;
    if (hasAnswer && ![...open].some(isHeard)) enough.abort(new Error("who may be dead is not waited for"));
  });
}

type Settled = (engine: Engine, answered: boolean) => void;

/** The same, once, where none need answer this; `settled` is told of each as it comes. Throws Refusal 503 where none lives. */
export async function askLiving(
  { cluster, signal }: Pick<Call, "cluster" | "signal">,
  asked: Question,
  settled: Settled = () => {},
): Promise<All> {
  const up = living(cluster);
  const asking = up.map((engine) => {
    const answer = askOne(engine, { signal, ...asked });
    answer.then(
      () => settled(engine, true),
      () => settled(engine, false),
    );
    return answer;
  });
  const results = await Promise.allSettled(asking);
  const answers = results.flatMap((result, index) =>
    result.status === "fulfilled" ? [{ engine: up[index]!, answer: result.value }] : [],
  );
  signal.throwIfAborted();
  const answering = new Set(answers.map(({ engine }) => engine.id));
  const silent = cluster.engines.filter(({ id }) => !answering.has(id)).map(({ name }) => name);
  return { answers, missing: [...silent, ...cluster.away] };
}

async function askOne(engine: Engine, asked: Question): Promise<Answered> {
  const { timeoutMs = patienceMs, signal } = asked;
  const watch = timeoutMs > patienceMs ? whileHeard(engine, asked) : undefined;
  try {
    return await ask(engine, { ...asked, timeoutMs, watch });
  } catch (error) {
    if (!signal?.aborted) noteSilence(engine);
    throw error;
  }
}

/** What may take long is waited for as long as the node is heard; what only reads, if it answers a ping soon. */
const whileHeard =
  (engine: Engine, { method = "GET" }: Question) =>
  (end: (reason: Error) => void) => {
    let stop = () => {};
    const late = setTimeout(async () => {
      stop = watchStream(engine, end);
      if (method === "GET" && !(await answersPing(engine))) end(new Error("it answers no ping either"));
    }, watchAfterMs);
    return () => {
      clearTimeout(late);
      stop();
    };
  };

/** Asks one engine a question that it answers at once. Throws Refusal 502 where it does not. */
export async function askEngine(call: Pick<Call, "signal">, engine: Engine, asked: Question): Promise<Answered> {
  try {
    return await askOne(engine, { signal: call.signal, timeoutMs: 10_000, ...asked });
  } catch (cause) {
    throw new Refusal(502, `${engine.name} does not answer: ${(cause as Error).message}`, { cause });
  }
}
