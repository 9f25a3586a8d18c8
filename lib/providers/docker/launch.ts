import { setTimeout } from "node:timers/promises";
import type Docker from "dockerode";
import type { ContainerInspectInfo } from "dockerode";
import { inParallel } from "../parallel.ts";
import { type EnvironmentSpec, type Launched, ProviderError, type ServerSpec } from "../provider.ts";
import { addressesIn } from "./addresses.ts";
import type { Link } from "./connect.ts";
import { containerOptions, firstFiles, type Site } from "./container.ts";
import { hasStatus, isRefusal, providerError, unlessAbsent, unlessStatus } from "./errors.ts";
import { nodeImage } from "./image.ts";
import { carries, serverLabels } from "./labels.ts";
import { assertRegion, engineInfo } from "./metadata.ts";
import { networksOf } from "./network.ts";
import { removeVolumesOf } from "./volumes.ts";

const LAUNCHES_AT_ONCE = 6;
const LAUNCH_TIMEOUT_MS = 120_000;
/** When a container that never ran was started, to an engine. */
const NEVER = "0001-01-01T00:00:00Z";
const CREATE_TRIES = 40;
const CREATE_PAUSE_MS = 100;

/**
 * Makes and starts a container per attempt. A container's name is unique to an engine and its labels hold the attempt,
 * so a repeat finds what an earlier call made, and finishes it where that call was cut short.
 * Throws where an attempt's outcome is unknown; the call is then to be repeated with the same attempts.
 */
export function launch(link: Link, environment: EnvironmentSpec, specs: ServerSpec[], signal: AbortSignal) {
  const work = async (docker: Docker): Promise<Launched[]> => {
    assertRegion(environment.region);
    const site = await siteOf(docker, link, environment);
    return inParallel(specs, LAUNCHES_AT_ONCE, (spec) => settle(docker, site, spec));
  };
  return link.use(signal, work, LAUNCH_TIMEOUT_MS);
}

async function siteOf(docker: Docker, link: Link, environment: EnvironmentSpec): Promise<Site> {
  const [info, [network], image] = await Promise.all([
    engineInfo(docker),
    networksOf(docker, environment),
    nodeImage(),
  ]);
  if (!network) throw new ProviderError("conflict", `The network of ${environment.name} is missing.`);
  const nextAddress = await addressesIn(docker, environment, network);
  return { environment, address: link.address(), info, networkId: network.Id, nextAddress, image: image.tag };
}

/** What the engine refuses is the attempt's end, and leaves nothing behind. */
async function settle(docker: Docker, site: Site, spec: ServerSpec): Promise<Launched> {
  try {
    return { attempt: spec.attempt, id: await launchOne(docker, site, spec) };
  } catch (error) {
    if (!isRefusal(error) && !(error instanceof ProviderError)) throw error;
    const alive = await discard(docker, site, spec);
    return alive ? { attempt: spec.attempt, id: alive } : { attempt: spec.attempt, error: providerError(error) };
  }
}

async function launchOne(docker: Docker, site: Site, spec: ServerSpec): Promise<string> {
  const made = await create(docker, site, spec);
  if (made.started) return made.id;
  const container = docker.getContainer(made.id);
  await container.putArchive(firstFiles(spec), { path: "/" });
  await unlessStatus(304, container.start());
  return made.id;
}

/**
 * A container of this attempt, new or found. An engine holds a name before it shows the container that bears it, so
 * a name that is taken by nobody is another call's work under way, and asked for again.
 */
async function create(docker: Docker, site: Site, spec: ServerSpec): Promise<{ id: string; started: boolean }> {
  const options = containerOptions(site, spec);
  for (let tries = 1; ; tries += 1) {
    try {
      const container = await docker.createContainer(options);
      return { id: container.id, started: false };
    } catch (error) {
      if (!hasStatus(error, 409)) throw error;
      const holder = await unlessAbsent(docker.getContainer(spec.name).inspect());
      if (holder && !isOurs(holder, site, spec)) throw error;
      if (holder) return { id: holder.Id, started: holder.State.Status !== "created" };
      if (tries === CREATE_TRIES) throw new Error(`The name ${spec.name} is taken by nobody.`, { cause: error });
      await setTimeout(CREATE_PAUSE_MS);
    }
  }
}

/** Removes what this attempt made and could not start; answers the id of what another call did start. */
async function discard(docker: Docker, site: Site, spec: ServerSpec): Promise<string | undefined> {
  const holder = await unlessAbsent(docker.getContainer(spec.name).inspect());
  const ours = holder && isOurs(holder, site, spec) ? holder : undefined;
  if (ours && ours.State.StartedAt !== NEVER) return ours.Id;
  if (ours) await unlessAbsent(docker.getContainer(ours.Id).remove({ v: true }));
  await removeVolumesOf(docker, new Set([spec.attempt]));
  return undefined;
}

const isOurs = (holder: ContainerInspectInfo, site: Site, spec: ServerSpec) =>
  carries(holder.Config.Labels, serverLabels(site.environment, spec));
