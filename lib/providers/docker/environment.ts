import { inParallel } from "../parallel.ts";
import type { EnvironmentSpec } from "../provider.ts";
import type { Link } from "./connect.ts";
import { ensureImage } from "./image.ts";
import { carrying, environmentLabels } from "./labels.ts";
import { assertRegion } from "./metadata.ts";
import { ensureNetwork, networksOf, removeNetwork } from "./network.ts";
import { countVolumes, removeLeftVolumes } from "./volumes.ts";

/** The image, once for an engine, and the environment's own network, where nodes find each other by name. */
export async function prepare(
  link: Link,
  environment: EnvironmentSpec,
  report: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  assertRegion(environment.region);
  await ensureImage(link, report, signal);
  await link.use(signal, async (docker) => {
    await ensureNetwork(docker, environment);
    await removeLeftVolumes(docker, environment);
  });
}

/** Leaves the image, which belongs to all environments. */
export function release(link: Link, environment: EnvironmentSpec, signal: AbortSignal): Promise<boolean> {
  return link.use(signal, async (docker) => {
    assertRegion(environment.region);
    const filters = carrying(environmentLabels(environment));
    const servers = await docker.listContainers({ all: true, filters });
    if (servers.length > 0) return false;
    await removeLeftVolumes(docker, environment);
    const networks = await networksOf(docker, environment);
    const removed = await inParallel(networks, 4, ({ Id }) => removeNetwork(docker, Id));
    return removed.every(Boolean) && (await countVolumes(docker, environment)) === 0;
  });
}
