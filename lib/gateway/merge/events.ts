import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import { warning } from "../answer.ts";
import { living } from "../ask-all.ts";
import { type Call, pathWith } from "../call.ts";
import type { Engine } from "../cluster.ts";
import { clusterOf } from "../cluster.ts";
import { drained } from "../drained.ts";
import { watchStream } from "../health.ts";
import { managersOf } from "../managers.ts";
import { Refusal } from "../refusal.ts";

const retryMs = 1_000;
const startMs = 5_000;
/** How often it is looked for nodes that have come. */
const newEveryMs = 2_000;
/** What nodes report of the same moment comes in order, when it comes within this. */
const orderMs = 60;
/** Lines that are remembered, so that none is told twice: an engine tells its last 256 again. */
const rememberedAtMost = 512;
/**
 * An engine looks back until it meets an event that is older than what is asked for (moby, daemon/events: a loop that
 * breaks), and what a swarm reports may come minutes late: it is asked for more, and what was told is left out here.
 */
const lookBackSeconds = 600;

/** In bytes. */
const heldAtMost = 1024 * 1024;

type Line = { nanos: bigint; text: string };

/**
 * The events of all nodes as one stream, in order. A node whose stream breaks is asked again, and tells what
 * was missed; what the whole swarm reports (services, nodes, secrets) is taken from one manager.
 */
export async function followEvents(call: Call): Promise<{ status: number }> {
  const engines = living(call.cluster);
  const first = await Promise.allSettled(engines.map((engine) => open(call, engine, pathWith(call))));
  const opened = first.flatMap((result, index) =>
    result.status === "fulfilled" ? [{ engine: engines[index]!, answer: result.value }] : [],
  );
  if (opened.length === 0) throw new Refusal(503, "None of the cluster's nodes answers.");
  const refused = opened.find(({ answer }) => answer.statusCode !== 200);
  if (refused)
    return passOn(
      call,
      refused.answer,
      opened.map(({ answer }) => answer),
    );
  const told = new Set(opened.map(({ engine }) => engine.id));
  const missing = [
    ...call.cluster.engines.filter(({ id }) => !told.has(id)).map(({ name }) => name),
    ...call.cluster.away,
  ];
  call.response!.writeHead(200, { "content-type": "application/json", ...warning(missing) });
  call.response!.flushHeaders();
  const out = ordered((text) => call.response!.write(`${text}\n`));
  const finite = isPast(call.query.get("until"));
  const followed = new Set(call.cluster.engines.map(({ id }) => id));
  const over = new AbortController();
  const later = finite ? null : followNew(call, followed, out, AbortSignal.any([call.signal, over.signal]));
  await Promise.all(
    call.cluster.engines.map((engine) =>
      follow(call, engine, opened.find((one) => one.engine.id === engine.id)?.answer, out, finite),
    ),
  );
  over.abort();
  await later;
  out.end();
  call.response!.end();
  return { status: 200 };
}

/** The events of nodes that come later, looked for until `signal`. */
async function followNew(call: Call, followed: Set<string>, out: Sink, signal: AbortSignal): Promise<void> {
  const all: Promise<void>[] = [];
  while (!signal.aborted) {
    await sleep(newEveryMs, undefined, { signal }).catch(() => {});
    const { engines } = await clusterOf(call.db, call.cluster.environmentId).catch(() => call.cluster);
    for (const engine of engines.filter(({ id }) => !followed.has(id))) {
      followed.add(engine.id);
      all.push(follow(call, engine, undefined, out, false));
    }
  }
  await Promise.all(all);
}

/** One node's events until the client leaves or the question's end has come; broken streams are taken up again. */
async function follow(
  call: Call,
  engine: Engine,
  first: IncomingMessage | undefined,
  out: Sink,
  finite: boolean,
): Promise<void> {
  let answer = first;
  const since = sinceOf(call);
  const earliest = BigInt(Math.floor(since * 1e9));
  const told = new LRUCache<string, true>({ max: rememberedAtMost });
  while (!call.signal.aborted) {
    const ended = answer ? await read(call, engine, answer) : false;
    if (ended && (finite || isPast(call.query.get("until")))) return;
    if (finite && !answer) return;
    await sleep(retryMs, undefined, { signal: call.signal }).catch(() => {});
    if (call.signal.aborted || isPast(call.query.get("until"))) return;
    // It may have come back at another address.
    const { engines } = await clusterOf(call.db, call.cluster.environmentId).catch(() => call.cluster);
    const present = engines.find(({ id }) => id === engine.id);
    answer = present && (await open(call, present, pathWith(call, again(call, since))).catch(() => undefined));
  }

  async function read({ signal }: Call, from: Engine, stream: IncomingMessage): Promise<boolean> {
    // With an error: a stream that is just closed never ends for who reads its lines.
    const anew = () => void stream.destroy(new Error("the node was away"));
    const stop = watchStream(from, anew, anew);
    const leave = () => void stream.destroy(new Error("the client has gone"));
    signal.addEventListener("abort", leave, { once: true });
    try {
      for await (const text of createInterface({ input: stream })) {
        const nanos = nanosOf(text);
        const key = `${nanos} ${text.slice(0, 120)}`;
        if (told.has(key) || (stream !== first && nanos < earliest)) continue;
        told.set(key, true);
        if (isOfSwarm(text) && !(await isSpokesman(call, from))) continue;
        out.take({ nanos, text });
        // A client that does not read stops the engines, not fills our memory.
        if (call.response!.writableLength > heldAtMost) await drained(call);
      }
      return stream.complete;
    } catch {
      return false;
    } finally {
      signal.removeEventListener("abort", leave);
      stop();
    }
  }
}

function open(call: Call, { host, port, agent }: Engine, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, agent, path, signal: call.signal });
    const late = setTimeout(() => sent.destroy(new Error("no answer")), startMs);
    sent.once("response", (answer) => {
      clearTimeout(late);
      resolve(answer);
    });
    sent.once("error", (error) => {
      clearTimeout(late);
      reject(error);
    });
    sent.end();
  });
}

/** The client's question, as it is put to a node whose stream broke. */
function again(call: Call, since: number): URLSearchParams {
  const query = new URLSearchParams(call.query);
  query.set("since", String(Math.max(0, Math.floor(since) - lookBackSeconds)));
  return query;
}

/** From when on the client wants to know, in seconds: what it said, or now. */
function sinceOf({ query }: Call): number {
  const asked = Number(query.get("since") ?? Number.NaN);
  return Number.isFinite(asked) ? asked : Date.now() / 1000;
}

const nanosOf = (text: string) => BigInt(text.match(/"timeNano":(\d+)/)?.[1] ?? 0);
const isOfSwarm = (text: string) => text.includes('"scope":"swarm"');

/** One of the managers that answer speaks for the swarm; another does when it falls silent. */
async function isSpokesman(call: Call, engine: Engine): Promise<boolean> {
  const [first] = await managersOf(call).catch(() => []);
  return !first || first.id === engine.id;
}

/** A whole number of seconds, with or without a fraction, or a date; far futures and durations are not past. */
function isPast(until: string | null): boolean {
  if (!until) return false;
  const seconds = Number(until);
  const at = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(until);
  return Number.isFinite(at) && at <= Date.now();
}

type Sink = { take(line: Line): void; end(): void };

/** Holds lines back for a moment, so that those of several nodes come out in the order of their time. */
function ordered(write: (text: string) => void): Sink {
  let waiting: Line[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    timer = undefined;
    const lines = waiting.toSorted((one, other) => (one.nanos < other.nanos ? -1 : Number(one.nanos > other.nanos)));
    waiting = [];
    for (const { text } of lines) write(text);
  };
  return {
    take(line) {
      waiting.push(line);
      timer ??= setTimeout(flush, orderMs);
    },
    end() {
      clearTimeout(timer);
      flush();
    },
  };
}

/** An engine's refusal is the answer; the other streams are let go. */
async function passOn(call: Call, answer: IncomingMessage, all: IncomingMessage[]): Promise<{ status: number }> {
  for (const other of all) if (other !== answer) other.destroy();
  call.response!.writeHead(answer.statusCode!, {
    "content-type": answer.headers["content-type"] ?? "application/json",
  });
  answer.pipe(call.response!);
  return { status: answer.statusCode! };
}
