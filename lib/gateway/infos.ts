import { LRUCache } from "lru-cache";
import type { Engine } from "./cluster.ts";
import { type Answered, get, jsonOf } from "./http-client.ts";

/** What an engine says of itself. */
export type Info = Record<string, unknown> & {
  Name: string;
  MemTotal: number;
  Images: number;
  Labels?: string[] | null;
  OperatingSystem?: string;
  Driver?: string;
  Architecture?: string;
  Warnings?: string[] | null;
  Swarm?: { ControlAvailable?: boolean; Error?: string };
};

const freshMs = 3_000;
const patienceMs = 2_500;
/** Where something is known already. */
const shortPatienceMs = 1_000;

/**
 * By node. A manager of a swarm that has lost its leader says nothing of itself until there is another, which takes some
 * 20 s: until then holds what it said last.
 */
const infos = new LRUCache<string, Info, Engine>({
  max: 10_000,
  ttl: freshMs,
  allowStaleOnFetchRejection: true,
  fetchMethod: (_id, last, { context: engine }) => read(engine, last ? shortPatienceMs : patienceMs),
});

async function read(engine: Engine, timeoutMs: number): Promise<Info> {
  const answer = await get(engine, "/info", timeoutMs);
  if (answer.status !== 200) throw new Error(`${engine.name} answers ${answer.status}`);
  return jsonOf<Info>(answer);
}

/**
 * What a node says of itself, seconds old at most where it answers; else what it said last, and null where it never did.
 * `old`: as good where it may be a question older, for what a machine does not change while it runs.
 */
export async function infoOf(engine: Engine, { old = false } = {}): Promise<Info | null> {
  return (await infos.fetch(engine.id, { context: engine, allowStale: old }).catch(() => null)) ?? null;
}

/** Keeps what was asked for otherwise. */
export function noteInfo(engine: Engine, answer: Answered): Info {
  const info = jsonOf<Info>(answer);
  infos.set(engine.id, info);
  return info;
}

/** What a node said last, however long ago; undefined where it never did. */
export const lastInfo = ({ id }: Engine): Info | undefined =>
  infos.get(id, { allowStale: true, noDeleteOnStaleGet: true });
