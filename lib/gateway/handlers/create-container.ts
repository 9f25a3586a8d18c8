import { type Expression, eligible, expressionOf, ofPlatform } from "#lib/model/placement.ts";
import { answerAs } from "../answer.ts";
import { askAll, askEngine, silentIn } from "../ask-all.ts";
import { jsonBodyOf } from "../body.ts";
import { type Call, pathWith } from "../call.ts";
import { candidatesOf, type Place, type Taken, takeRoomiest } from "../candidates.ts";
import type { Engine } from "../cluster.ts";
import { jsonOf } from "../http-client.ts";
import { engineOfContainer, enginesWith, refuseUnheard, remember } from "../locate.ts";
import { isEveryNodes } from "../merge/networks.ts";
import { holdName, holdNewVolumes } from "../names.ts";
import { Refusal } from "../refusal.ts";

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
type Wish = {
  Image?: string;
  Env?: string[] | null;
  HostConfig?: HostConfig | null;
  NetworkingConfig?: { EndpointsConfig?: Record<string, unknown> | null } | null;
};

const createMs = 60_000;

/**
 * Makes a container on one node: with whom it must share (volumes, links, a namespace), where its constraints let it, with
 * its image if some node has that, and where the most memory is free. A name is one in the whole cluster.
 */
export async function createContainer(call: Call): Promise<{ status: number }> {
  const { text, json } = await jsonBodyOf<Wish>(call);
  const name = call.query.get("name")?.replace(/^\//, "");
  const held = name ? [await holdName(call, name)] : [];
  let taken: Taken | undefined;
  try {
    if (name) await refuseTaken(call, name);
    held.push(await holdNewVolumes(call, volumesOf(json?.HostConfig)));
    const expressions = (json?.Env ?? []).flatMap((entry) => expressionOf(entry) ?? []);
    taken = await placeOf(call, json, expressions);
    const { engine } = taken;
    // The words for us are no environment of the container's.
    const body =
      expressions.length > 0
        ? Buffer.from(JSON.stringify({ ...json, Env: json!.Env!.filter((entry) => !expressionOf(entry)) }))
        : text;
    const answer = await askEngine(call, engine, {
      method: "POST",
      path: pathWith(call),
      text: body,
      timeoutMs: createMs,
    });
    if (answer.status === 201) remember(call, "containers", jsonOf<{ Id: string }>(answer).Id, engine);
    if (answer.status === 201 && name) remember(call, "containers", name, engine);
    return answerAs(call, answer, silentIn(call.cluster));
  } finally {
    taken?.done();
    for (const letGo of held) letGo();
  }
}

/** In the engine's own words, so that clients which look for them find them. */
export async function refuseTaken(call: Call, name: string): Promise<void> {
  const { answers } = await askAll(call, { path: `/containers/${encodeURIComponent(name)}/json` });
  const holder = answers
    .flatMap(({ answer }) => (answer.status === 200 ? jsonOf<{ Id: string; Name: string }>(answer) : []))
    .find(({ Name }) => Name === `/${name}`);
  if (holder)
    throw new Refusal(
      409,
      `Conflict. The container name "/${name}" is already in use by container "${holder.Id}". You have to remove (or rename) that container to be able to reuse that name.`,
    );
}

async function placeOf(call: Call, wish: Wish | null, expressions: Expression[]): Promise<Taken> {
  const companion = await companionOf(call, wish?.HostConfig);
  if (companion) return { engine: companion, done: () => {} };
  const all = await candidatesOf(call);
  const staying = all.filter(({ engine }) => !engine.leaving);
  const candidates = staying.length > 0 ? staying : all;
  const allowed = eligible(candidates, expressions);
  if (allowed.length === 0) {
    const words = expressions
      .map(({ kind, key, equal, value }) => `${kind}:${key}${equal ? "==" : "!="}${value}`)
      .join(", ");
    throw new Refusal(409, `No node of ${call.cluster.name} that answers satisfies ${words}.`);
  }
  const platform = call.query.get("platform");
  const fit = platform ? ofPlatform(allowed, platform) : allowed;
  const withNetworks = await besideNetworks(call, fit, networksOf(wish));
  const withVolumes = await narrowed(call, withNetworks, "volumes", volumesOf(wish?.HostConfig));
  const withImage = await narrowed(call, withVolumes, "images", wish?.Image ? [wish.Image] : []);
  return takeRoomiest(withImage, wish?.HostConfig?.Memory);
}

/** Those that have the networks which are one node's own; what spans the cluster comes to any node. */
async function besideNetworks(call: Call, places: Place[], names: string[]): Promise<Place[]> {
  let left = places;
  for (const name of names) {
    const { answers } = await askAll(call, { path: `/networks/${encodeURIComponent(name)}` });
    const found = answers.filter(({ answer }) => answer.status === 200);
    if (found.length === 0 || found.some(({ answer }) => jsonOf<{ Scope: string }>(answer).Scope !== "local")) continue;
    left = left.filter(({ engine }) => found.some((one) => one.engine.id === engine.id));
    if (left.length > 0) continue;
    const where = found.map(({ engine }) => engine.name).join(", ");
    throw new Refusal(409, `The network ${name} is on ${where} alone, where this container may not be.`);
  }
  return left;
}

/** Those that have all of these things, as far as anybody has them. */
async function narrowed(call: Call, places: Place[], kind: "volumes" | "images", names: string[]): Promise<Place[]> {
  let left = places;
  for (const name of names) {
    const { engines, missing } = await enginesWith(call, kind, name);
    // One that is made by the way is empty.
    if (kind === "volumes" && engines.length === 0) refuseUnheard(call, missing, (silent) => lost(name, silent));
    const having = left.filter(({ engine }) => engines.some(({ id }) => id === engine.id));
    if (having.length > 0) left = having;
  }
  return left;
}

const lost = (volume: string, silent: string) =>
  `The volume ${volume} is on none of the nodes that answer; these do not: ${silent}. For a new, empty one: docker volume create ${volume}`;

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
function volumesOf(host: HostConfig | null | undefined): string[] {
  const bound = (host?.Binds ?? []).map(first).filter((source) => source && !/^[/.~]/.test(source));
  const mounted = (host?.Mounts ?? []).flatMap(({ Type, Source }) => (Type === "volume" && Source ? Source : []));
  return [...new Set([...bound, ...mounted])];
}
