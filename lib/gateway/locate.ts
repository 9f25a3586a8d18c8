import { LRUCache } from "lru-cache";
import { askAll, living } from "./ask-all.ts";
import type { Call } from "./call.ts";
import type { Engine } from "./cluster.ts";
import { jsonOf } from "./http-client.ts";
import { Refusal } from "./refusal.ts";

const nameMs = 5_000;
const fullId = /^[0-9a-f]{64}$/;

/** Which node has what, by environment and by kind and name; an id never moves, a name may. */
const places = new LRUCache<string, string>({ max: 20_000 });

export type Kind = "containers" | "exec" | "volumes" | "images" | "networks";
const keyOf = (call: Pick<Call, "cluster">, kind: Kind, name: string) =>
  `${call.cluster.environmentId} ${kind} ${name}`;

export function remember(call: Pick<Call, "cluster">, kind: Kind, name: string, { id }: Engine): void {
  places.set(keyOf(call, kind, name), id, fullId.test(name) ? {} : { ttl: nameMs });
}

export const forget = (call: Pick<Call, "cluster">, kind: Kind, name: string): void => {
  places.delete(keyOf(call, kind, name));
};

type Asking = Pick<Call, "cluster" | "signal">;

function remembered(call: Asking, kind: Kind, name: string): Engine | undefined {
  const place = places.get(keyOf(call, kind, name));
  return place === undefined ? undefined : living(call.cluster).find(({ id }) => id === place);
}

type Container = { Id: string; Name: string };

/** The node that has a container, by id, name or the beginning of an id. Throws Refusal 404, and 503 while a node that may have it is silent. */
export async function engineOfContainer(call: Asking, name: string): Promise<Engine> {
  if (call.cluster.engines.length === 1 && call.cluster.away.length === 0) return living(call.cluster)[0]!;
  const known = remembered(call, "containers", name);
  if (known) return known;
  if (!fullId.test(name)) return findContainer(call, name);
  const found = await sought(call, name);
  call.signal.throwIfAborted();
  return found;
}

/** Hundreds attach to a container at once, and each would ask every node for it. */
const searches = new Map<string, Promise<Engine>>();

/** One search for all who ask meanwhile, whoever of them leaves; for a whole id alone, which nobody knows before it is there. */
function sought({ cluster }: Asking, id: string): Promise<Engine> {
  const key = keyOf({ cluster }, "containers", id);
  const present = searches.get(key);
  if (present) return present;
  const search = findContainer({ cluster, signal: new AbortController().signal }, id).finally(() =>
    searches.delete(key),
  );
  searches.set(key, search);
  return search;
}

async function findContainer(call: Asking, name: string): Promise<Engine> {
  const { answers, missing } = await askAll(call, { path: `/containers/${encodeURIComponent(name)}/json` });
  const found = answers
    .filter(({ answer }) => answer.status === 200)
    .map(({ engine, answer }) => ({ engine, ...jsonOf<Container>(answer) }));
  // An engine's own words: a prefix that it has twice, a name that is none.
  const ambiguous = answers.find(({ answer }) => answer.status !== 200 && answer.status !== 404);
  const best = exactly(found, name) ?? (ambiguous ? undefined : only(found));
  if (best) {
    remember(call, "containers", name, best.engine);
    return best.engine;
  }
  if (ambiguous) return ambiguous.engine;
  if (found.length > 1) throw new Refusal(400, `multiple IDs found with provided prefix: ${name}`);
  const what = `No such container: ${name}`;
  refuseUnheard(call, missing, (silent) => noneOf(what, silent));
  throw new Refusal(404, what);
}

export const noneOf = (what: string, silent: string) => `${what} on the nodes that answer; these do not: ${silent}`;

/**
 * What is on no node that answers may be on one that is `missing`: nobody is to take it for gone, and make another. Throws
 * Refusal 503 with the words for those that may have it; nothing where none may.
 */
export function refuseUnheard(
  { cluster }: Pick<Call, "cluster">,
  missing: readonly string[],
  words: (silent: string) => string,
): void {
  const silent = missing.filter((name) => !cluster.unborn.includes(name));
  if (silent.length > 0) throw new Refusal(503, words(silent.join(", ")));
}

/** As one engine decides between its own: a whole id, then a name, then the only beginning. */
const exactly = <T extends Container>(found: T[], name: string): T | undefined =>
  found.find(({ Id }) => Id === name) ?? found.find(({ Name }) => Name === `/${name.replace(/^\//, "")}`);

const only = <T>(found: T[]): T | undefined => (found.length === 1 ? found[0] : undefined);

/** An image's name as a path has it. */
export const encoded = (name: string): string => name.split("/").map(encodeURIComponent).join("/");

const paths: Record<Exclude<Kind, "containers">, (name: string) => string> = {
  exec: (id) => `/exec/${encodeURIComponent(id)}/json`,
  volumes: (name) => `/volumes/${encodeURIComponent(name)}`,
  images: (name) => `/images/${encoded(name)}/json`,
  networks: (name) => `/networks/${encodeURIComponent(name)}`,
};

/** Where an engine tells of something by its name. */
export const pathOf = (kind: Exclude<Kind, "containers">, name: string): string => paths[kind](name);

/** All nodes that have something of this name, in their order; none: nobody has it. */
export async function enginesWith(
  call: Call,
  kind: Exclude<Kind, "containers">,
  name: string,
): Promise<{ engines: Engine[]; missing: string[] }> {
  const { answers, missing } = await askAll(call, { path: paths[kind](name) });
  return { engines: answers.flatMap(({ engine, answer }) => (answer.status === 200 ? engine : [])), missing };
}

/** What holds data, or runs: that it is gone is said only when every node was heard. */
const nouns: Partial<Record<Kind, string>> = { volumes: "volume", exec: "exec instance" };

/**
 * The first node that has it; where none has, one that says so in the engine's own words. Throws Refusal 503 for a volume
 * or an exec that a silent node may have.
 */
export async function engineWith(call: Call, kind: Exclude<Kind, "containers">, name: string): Promise<Engine> {
  const known = remembered(call, kind, name);
  if (known) return known;
  const { engines, missing } = await enginesWith(call, kind, name);
  const noun = nouns[kind];
  if (noun && engines.length === 0)
    refuseUnheard(call, missing, (silent) => noneOf(`No such ${noun}: ${name}`, silent));
  if (engines[0] && kind === "exec") remember(call, kind, name, engines[0]);
  return engines[0] ?? living(call.cluster)[0]!;
}
