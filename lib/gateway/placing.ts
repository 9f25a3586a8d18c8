import { type Expression, eligible, ofPlatform } from "#lib/model/placement.ts";
import { askAll } from "./ask-all.ts";
import type { Call } from "./call.ts";
import { candidatesOf, staying, type Taken, takeRoomiest } from "./candidates.ts";
import { carry } from "./carry.ts";
import type { Engine } from "./cluster.ts";
import { jsonOf } from "./http-client.ts";
import { type Held, holdersOf } from "./image-holders.ts";
import { engineOfContainer, enginesWith, refuseUnheard } from "./locate.ts";
import { isEveryNodes } from "./merge/networks.ts";
import { Refusal } from "./refusal.ts";

type HostConfig = {
  Memory?: number;
  Binds?: string[] | null;
  Mounts?: { Type: string; Source?: string }[] | null;
  VolumesFrom?: string[] | null;
  Links?: string[] | null;
  NetworkMode?: string;
  IpcMode?: string;
  PidMode?: string;
};
/** What a client asks a container to be. */
export type Wish = {
  Image?: string;
  Env?: string[] | null;
  HostConfig?: HostConfig | null;
  NetworkingConfig?: { EndpointsConfig?: Record<string, unknown> | null } | null;
};

/** A node that a container may be on. */
type Possible = { engine: Engine };

/**
 * The node for a new container: with whom it must share, where its volumes and its node's own networks are, where its
 * constraints let it; of those one with its image, and the most memory free. An image that only others have is brought
 * there. Throws Refusal 409 where no node has, and is, all that is wished.
 */
export async function placeOf(call: Call, wish: Wish | null, expressions: Expression[]): Promise<Taken> {
  const held = wish?.Image ? await holdersOf(call, wish.Image) : null;
  const taken = await chosen(call, wish, expressions, held);
  try {
    const has = !held || held.engines.some(({ id }) => id === taken.engine.id);
    if (!has) await carry(call, wish!.Image!, held.engines[0]!, taken.engine);
    return taken;
  } catch (error) {
    taken.done();
    throw error;
  }
}

async function chosen(call: Call, wish: Wish | null, expressions: Expression[], held: Held | null): Promise<Taken> {
  const volumes = volumesOf(wish?.HostConfig);
  const companion = await companionOf(call, wish?.HostConfig);
  if (companion) {
    await besideVolumes(call, [{ engine: companion }], volumes);
    return { engine: companion, done: () => {} };
  }
  const allowed = eligible(staying(await candidatesOf(call)), expressions);
  if (allowed.length === 0) {
    const words = expressions
      .map(({ kind, key, equal, value }) => `${kind}:${key}${equal ? "==" : "!="}${value}`)
      .join(", ");
    throw new Refusal(409, `No node of ${call.cluster.name} that answers satisfies ${words}.`);
  }
  const platform = call.query.get("platform");
  const fit = platform ? ofPlatform(allowed, platform) : allowed;
  const withNetworks = await besideNetworks(call, fit, networksOf(wish));
  const withVolumes = await besideVolumes(call, withNetworks, volumes);
  const withImage = withVolumes.filter(({ engine }) => held?.engines.some(({ id }) => id === engine.id));
  return takeRoomiest(withImage.length > 0 ? withImage : withVolumes, wish?.HostConfig?.Memory);
}

/** Those that have the networks which are one node's own; what spans the cluster comes to any node. */
async function besideNetworks<T extends Possible>(call: Call, places: T[], names: string[]): Promise<T[]> {
  let left = places;
  for (const name of names) {
    const { answers } = await askAll(call, { path: `/networks/${encodeURIComponent(name)}` });
    const found = answers.filter(({ answer }) => answer.status === 200);
    if (found.length === 0 || found.some(({ answer }) => jsonOf<{ Scope: string }>(answer).Scope !== "local")) continue;
    left = among(
      left,
      found.map(({ engine }) => engine),
      `The network ${name}`,
    );
  }
  return left;
}

/** Those that have all of these volumes, as far as anybody has them: another of the name would be empty. */
async function besideVolumes<T extends Possible>(call: Call, places: T[], names: string[]): Promise<T[]> {
  let left = places;
  for (const name of names) {
    const { engines, missing } = await enginesWith(call, "volumes", name);
    if (engines.length > 0) left = among(left, engines, `The volume ${name}`);
    else refuseUnheard(call, missing, (silent) => lost(name, silent));
  }
  return left;
}

const lost = (volume: string, silent: string) =>
  `The volume ${volume} is on none of the nodes that answer; these do not: ${silent}. For a new, empty one: docker volume create ${volume}`;

/** Those of the places that have it. Throws Refusal 409 where none has. */
function among<T extends Possible>(places: T[], having: Engine[], what: string): T[] {
  const left = places.filter(({ engine }) => having.some(({ id }) => id === engine.id));
  if (left.length > 0) return left;
  const where = having.map(({ name, leaving }) => `${name}${leaving ? " (which is to go)" : ""}`).join(", ");
  throw new Refusal(409, `${what} is on ${where} alone, where this container may not be.`);
}

/** The node of the container whose volumes, links or namespaces are to be shared; several must be on one. */
async function companionOf(call: Call, host: HostConfig | null | undefined): Promise<Engine | null> {
  const modes = [host?.NetworkMode, host?.IpcMode, host?.PidMode].flatMap((mode) =>
    mode?.startsWith("container:") ? mode.slice(10) : [],
  );
  const names = [...modes, ...(host?.VolumesFrom ?? []).map(first), ...(host?.Links ?? []).map(first)].filter(Boolean);
  const engines: Engine[] = [];
  for (const name of new Set(names)) engines.push(await engineOfContainer(call, name));
  const other = engines.find(({ id }) => id !== engines[0]!.id);
  if (other)
    throw new Refusal(
      409,
      `The containers that this one shares with (${names.join(", ")}) are on different nodes: ${engines[0]!.name} and ${other.name}.`,
    );
  return engines[0] ?? null;
}

const first = (entry: string) => entry.split(":")[0]!;

/** Networks by name or id that are not every node's. */
function networksOf(wish: Wish | null): string[] {
  const { NetworkMode = "" } = wish?.HostConfig ?? {};
  const named = [NetworkMode, ...Object.keys(wish?.NetworkingConfig?.EndpointsConfig ?? {})];
  const isOwn = (name: string) => name && name !== "default" && !isEveryNodes(name) && !name.startsWith("container:");
  return [...new Set(named)].filter(isOwn);
}

/** Volumes by name; what begins with a slash is a folder of whichever node it becomes. */
export function volumesOf(host: HostConfig | null | undefined): string[] {
  const bound = (host?.Binds ?? []).map(first).filter((source) => source && !/^[/.~]/.test(source));
  const mounted = (host?.Mounts ?? []).flatMap(({ Type, Source }) => (Type === "volume" && Source ? Source : []));
  return [...new Set([...bound, ...mounted])];
}
