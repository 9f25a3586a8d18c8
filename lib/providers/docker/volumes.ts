import type Docker from "dockerode";
import type { VolumeInspectInfo } from "dockerode";
import { inParallel } from "../parallel.ts";
import type { EnvironmentSpec } from "../provider.ts";
import { hasStatus, unlessAbsent } from "./errors.ts";
import { ATTEMPT, carrying, environmentLabels, OWNED } from "./labels.ts";

const REMOVALS_AT_ONCE = 8;

/** A server's disk for its inner engine. It bears the attempt, so that a successor of the same name starts empty. */
export const volumeName = (name: string, attempt: string) => `${name}-${attempt.slice(0, 12)}-docker`;

/** Removes the volumes of these attempts; false where a container still holds one. */
export async function removeVolumesOf(docker: Docker, attempts: Set<string>): Promise<boolean> {
  if (attempts.size === 0) return true;
  const { Volumes } = await docker.listVolumes({ filters: OWNED });
  return removeAll(
    docker,
    (Volumes ?? []).filter((volume) => attempts.has(volume.Labels[ATTEMPT] ?? "")),
  );
}

/**
 * Removes the environment's volumes that no container has: what is left of servers removed behind our back. A launch
 * under way is safe, because the engine makes a volume and its container in one step.
 */
export async function removeLeftVolumes(docker: Docker, environment: EnvironmentSpec): Promise<boolean> {
  const filters = { ...carrying(environmentLabels(environment)), dangling: ["true"] };
  const { Volumes } = await docker.listVolumes({ filters });
  return removeAll(docker, Volumes ?? []);
}

export async function countVolumes(docker: Docker, environment: EnvironmentSpec): Promise<number> {
  const { Volumes } = await docker.listVolumes({ filters: carrying(environmentLabels(environment)) });
  return Volumes?.length ?? 0;
}

async function removeAll(docker: Docker, volumes: VolumeInspectInfo[]): Promise<boolean> {
  const removed = await inParallel(volumes, REMOVALS_AT_ONCE, async ({ Name }) => {
    try {
      await unlessAbsent(docker.getVolume(Name).remove());
      return true;
    } catch (error) {
      if (hasStatus(error, 409)) return false;
      throw error;
    }
  });
  return removed.every(Boolean);
}
