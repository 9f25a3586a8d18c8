import type { Instance } from "@aws-sdk/client-ec2";
import { messageOf } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import type { ImageName } from "#lib/model/launch.ts";
import { type EnvironmentSpec, type Launched, ProviderError, type ServerSpec } from "../provider.ts";
import { batchOf, chunks, type Place } from "./batch.ts";
import { choicesOf } from "./choices.ts";
import type { Ec2Session } from "./client.ts";
import { groupId } from "./group.ts";
import { type FoundImage, findImage } from "./image.ts";
import { instancesWhere, isAlive } from "./list.ts";
import { nameServers } from "./name.ts";
import { findNetwork, type Network } from "./network.ts";
import { assertRegion } from "./regions.ts";
import { type Outcomes, runBatch } from "./run.ts";
import { architectureIn, zonesWith } from "./size-in-region.ts";
import { environmentFilters, nodeOf, nodesOf, tagOf } from "./tags.ts";

const LAG_MS = 120_000;

/**
 * One RunInstances for all specs of one size. Attempts that are servers already are answered from the
 * listing; a call whose answer was lost is repeated exactly, under its token; a zone without capacity is passed over.
 * Throws where an outcome is unknown: the same attempts are then to be launched again.
 */
export async function launch(
  session: Ec2Session,
  environment: EnvironmentSpec,
  specs: ServerSpec[],
  signal: AbortSignal,
): Promise<Launched[]> {
  await assertRegion(session, environment.region, signal);
  const outcomes: Outcomes = new Map();
  for (const batch of session.launches.unsettledOf(specs)) {
    await runBatch(session, environment.region, batch, outcomes, signal);
  }
  const instances = await instancesWhere(session, environment.region, environmentFilters(environment), signal);
  const found = new Map(instances.filter(isAlive).map((one) => [nodeOf(one)?.attempt ?? "", one]));
  for (const { attempt } of specs) {
    const id = session.launches.idOf(attempt) ?? found.get(attempt)?.InstanceId;
    if (id) outcomes.set(attempt, id);
  }
  settleSiblings(specs, instances, outcomes);
  const open = specs.filter(({ attempt }) => !outcomes.has(attempt));
  if (open.length > 0) await launchOpen(session, environment, open, outcomes, signal);
  // They are there: one that is not named yet is named by a later round.
  await nameServers(session, environment.region, unnamed(specs, outcomes, found), signal).catch((error: unknown) => {
    signal.throwIfAborted();
    log.warn({ region: environment.region, reason: messageOf(error) }, "ec2: launched servers have no name yet");
  });
  return specs.map(({ attempt }) => {
    const outcome = outcomes.get(attempt)!;
    return typeof outcome === "string" ? { attempt, id: outcome } : { attempt, error: outcome };
  });
}

/**
 * An attempt that a shown server's tags name, and that does not show itself, is of a call that was made: it shows
 * later, or, once the call is old, it never will.
 */
function settleSiblings(specs: ServerSpec[], instances: Instance[], outcomes: Outcomes): void {
  const launchedAt = new Map(
    instances.flatMap((one) => nodesOf(one).map(({ attempt }) => [attempt, one.LaunchTime?.getTime() ?? 0] as const)),
  );
  const ended = new Set(instances.filter((one) => !isAlive(one)).map((one) => nodeOf(one)?.attempt));
  for (const { attempt } of specs) {
    const at = launchedAt.get(attempt);
    if (at === undefined || outcomes.has(attempt)) continue;
    if (ended.has(attempt)) {
      outcomes.set(attempt, new ProviderError("conflict", "The server that this attempt made has been terminated."));
      continue;
    }
    if (at > Date.now() - LAG_MS) {
      throw new ProviderError("conflict", "AWS does not show all servers of a launch yet.", { retryAfterMs: 5_000 });
    }
    outcomes.set(attempt, new ProviderError("conflict", "The launch that this attempt was of made no server for it."));
  }
}

async function launchOpen(
  session: Ec2Session,
  environment: EnvironmentSpec,
  open: ServerSpec[],
  outcomes: Outcomes,
  signal: AbortSignal,
): Promise<void> {
  const { image, diskGib } = choicesOf(session, environment.choices);
  const alike = Map.groupBy(open, ({ size, authorizedKeys }) => JSON.stringify([size, authorizedKeys]));
  const [network, kinds] = await Promise.all([
    networkAndGroup(session, environment, signal),
    Promise.all([...alike.values()].map((specs) => kindOf(session, environment.region, specs, image, signal))),
  ]);
  for (const { specs, kind } of kinds) {
    if (kind instanceof ProviderError) {
      for (const { attempt } of specs) outcomes.set(attempt, kind);
      continue;
    }
    const place: Place = {
      environment,
      groupId: network.groupId,
      image: kind.image,
      diskGib,
    };
    const subnets = inOrder(session, network.subnets, kind.zones, specs[0]!.size);
    for (const chunk of chunks(specs)) await launchChunk(session, place, chunk, subnets, outcomes, signal);
  }
}

async function networkAndGroup(session: Ec2Session, environment: EnvironmentSpec, signal: AbortSignal) {
  const network = await findNetwork(session, environment, signal);
  return { ...network, groupId: await groupId(session, environment, network.vpcId, signal) };
}

type Kind = { image: FoundImage; zones: Set<string> };

/** What specs of one size boot, and where; an "invalid" error is theirs alone and is answered. */
async function kindOf(
  session: Ec2Session,
  region: string,
  specs: ServerSpec[],
  image: ImageName,
  signal: AbortSignal,
): Promise<{ specs: ServerSpec[]; kind: Kind | ProviderError }> {
  const { size } = specs[0]!;
  try {
    const [found, zones] = await Promise.all([
      architectureIn(session, region, size, signal).then((one) => findImage(session, region, image, one, signal)),
      zonesWith(session, region, size, signal),
    ]);
    return { specs, kind: { image: found, zones } };
  } catch (error) {
    if (error instanceof ProviderError && error.code === "invalid") return { specs, kind: error };
    throw error;
  }
}

/** The subnets whose zones have the size, those that ran out of it lately last. */
function inOrder(
  session: Ec2Session,
  subnets: Network["subnets"],
  zones: Set<string>,
  size: string,
): Network["subnets"] {
  const short = (zone: string) => Number(session.launches.isShort(zone, size));
  return subnets.filter(({ zone }) => zones.has(zone)).toSorted((a, b) => short(a.zone) - short(b.zone));
}

/** Fills the zones one after another until every spec has its place. */
async function launchChunk(
  session: Ec2Session,
  place: Place,
  specs: ServerSpec[],
  subnets: Network["subnets"],
  outcomes: Outcomes,
  signal: AbortSignal,
): Promise<void> {
  const { size } = specs[0]!;
  let left = specs;
  for (const { id, zone } of subnets) {
    if (left.length === 0) return;
    left = await runBatch(session, place.environment.region, batchOf(place, left, id), outcomes, signal);
    if (left.length > 0) session.launches.noteShortage(zone, size);
  }
  const zones = subnets.map(({ zone }) => zone).join(", ") || "the zones that could be used";
  const message = `AWS has no ${size} left in ${zones}; another size or region may have room.`;
  for (const { attempt } of left) outcomes.set(attempt, new ProviderError("capacity", message));
}

/** The servers that do not have their name yet, as far as the listing knows. */
function unnamed(specs: ServerSpec[], outcomes: Outcomes, found: Map<string, Instance>): [id: string, name: string][] {
  return specs.flatMap(({ attempt, name }): [string, string][] => {
    const id = outcomes.get(attempt);
    return typeof id === "string" && tagOf(found.get(attempt) ?? {}, "Name") !== name ? [[id, name]] : [];
  });
}
