import { LRUCache } from "lru-cache";
import { type Candidate, roomiest } from "#lib/model/placement.ts";
import { askAll, busy } from "./ask-all.ts";
import type { Call } from "./call.ts";
import type { Engine } from "./cluster.ts";
import { ask, jsonOf } from "./http-client.ts";
import { type Info, infoOf } from "./infos.ts";

/** `begunAt`: when its lists were asked for, by the process's clock. */
export type Place = Candidate & { engine: Engine; begunAt: number };

/** What a container without a limit counts for, in bytes. */
const usualBytes = 64 * 1024 * 1024;
const inspectMs = 2_500;
/** By then every list that was begun before a container was made has been used. */
const listedMs = 15_000;
/** In which states a container has memory, or is about to: clients make several before they start the first. */
const promisedIn = new Set(["created", "running", "paused", "restarting"]);

/** Memory limits by container: a container keeps its own. */
const limits = new LRUCache<string, number>({ max: 50_000 });

type Listed = { Id: string; Names: string[]; State: string };
type Image = { Id: string; RepoTags: string[] | null };

/**
 * The living nodes with their labels, containers, images, and the memory that is promised to no container. Throws Refusal
 * 503 where none answers in time.
 */
export async function candidatesOf(call: Call): Promise<Place[]> {
  const begunAt = performance.now();
  const [lists, images] = await Promise.all([
    askAll(call, { path: "/containers/json?all=1" }),
    askAll(call, { path: "/images/json" }),
  ]);
  const places = lists.answers.map(async ({ engine }): Promise<Place | null> => {
    const of = <T>(all: typeof lists): T[] => {
      const mine = all.answers.find((one) => one.engine.id === engine.id)?.answer;
      return mine?.status === 200 ? jsonOf<T[]>(mine) : [];
    };
    const info = await infoOf(engine, { old: true });
    if (!info) return null;
    const listed = of<Listed>(lists);
    const counted = listed.filter(({ State }) => promisedIn.has(State));
    const promised = await Promise.all(counted.map(({ Id }) => limitOf(engine, Id)));
    return {
      engine,
      begunAt,
      name: engine.name,
      labels: labelsOf(engine, info),
      free: info.MemTotal - promised.reduce((sum, bytes) => sum + bytes, 0),
      containers: listed.map(({ Id, Names }) => ({ id: Id, name: (Names[0] ?? "").replace(/^\//, "") })),
      images: of<Image>(images).flatMap(({ Id, RepoTags }) => [Id, ...(RepoTags ?? [])]),
    };
  });
  const known = (await Promise.all(places)).filter((place) => place !== null);
  if (known.length === 0) throw busy(call.cluster);
  return known;
}

/** Those that are not to go, if any: nothing more is put on the others. */
export function staying(places: Place[]): Place[] {
  const left = places.filter(({ engine }) => !engine.leaving);
  return left.length > 0 ? left : places;
}

function labelsOf(engine: Engine, { Labels, OperatingSystem, Driver, Architecture }: Info): Record<string, string> {
  const own = (Labels ?? []).map((label) => [label.split("=")[0]!, label.slice(label.indexOf("=") + 1)]);
  const machine = {
    operatingsystem: OperatingSystem ?? "",
    storagedriver: Driver ?? "",
    architecture: Architecture ?? "",
  };
  return { ...machine, ...Object.fromEntries(own), ...engine.labels };
}

async function limitOf(engine: Engine, id: string): Promise<number> {
  const known = limits.get(id);
  if (known !== undefined) return known;
  const answer = await ask(engine, { path: `/containers/${id}/json`, timeoutMs: inspectMs }).catch(() => null);
  if (answer?.status !== 200) return usualBytes;
  const { HostConfig } = jsonOf<{ HostConfig?: { Memory?: number } }>(answer);
  const bytes = HostConfig?.Memory || usualBytes;
  limits.set(id, bytes);
  return bytes;
}

/** A container that is being made, or was at this moment: a list that was begun before does not have it. */
type Made = { engineId: string; bytes: number; at?: number };
const made = new Set<Made>();

/** A place for a container; `done` when that has been made, or is not going to be. */
export type Taken = { engine: Engine; done: () => void };

/**
 * The place with the most memory that is promised to nobody, which is promised to the container that is made there:
 * several that are made at once are not all put on one node. `bytes`: its limit.
 */
export function takeRoomiest(places: Place[], bytes: number | undefined): Taken {
  const unlisted = ({ engine, begunAt }: Place) =>
    [...made].filter(({ engineId, at = Number.POSITIVE_INFINITY }) => engineId === engine.id && at > begunAt);
  const free = places.map((place) => ({
    ...place,
    free: place.free - unlisted(place).reduce((sum, one) => sum + one.bytes, 0),
  }));
  const { engine } = roomiest(free)!;
  const mine: Made = { engineId: engine.id, bytes: bytes || usualBytes };
  made.add(mine);
  const done = () => {
    mine.at = performance.now();
    setTimeout(() => made.delete(mine), listedMs).unref();
  };
  return { engine, done };
}

/** A container's limit was changed: it is asked for again. */
export const forgetLimit = (id: string): void => {
  limits.delete(id);
};
