import { randomHex } from "#lib/ids.ts";
import { deletedName } from "#lib/model/names.ts";
import { type Owner, ProviderError, type Remnant, type Remnants, type RemovedRemnant } from "../provider.ts";
import { removeInOrder } from "../remove-in-order.ts";
import type { Link } from "./connect.ts";
import { hasStatus, unlessAbsent } from "./errors.ts";
import { carrying, ENVIRONMENT, ownerLabels } from "./labels.ts";
import { destroy } from "./lifecycle.ts";
import { list } from "./list.ts";
import { REGION } from "./metadata.ts";
import { removeNetwork } from "./network.ts";

/** Every container, volume and network of the owner's; an engine's listings have no pages. */
export async function remnants(link: Link, owner: Owner, signal: AbortSignal): Promise<Remnants> {
  const servers = await list(link, REGION, owner, signal);
  const filters = carrying(ownerLabels(owner));
  const [volumes, networks] = await link.use(signal, (docker) =>
    Promise.all([docker.listVolumes({ filters }), docker.listNetworks({ filters })]),
  );
  const made = (kind: Remnant["kind"], id: string, name: string, labels: Record<string, string> = {}, at?: string) => ({
    id,
    kind,
    name,
    region: REGION,
    environmentId: labels[ENVIRONMENT] ?? "",
    createdAt: at ? new Date(at) : null,
  });
  return {
    found: [
      ...servers.map(
        ({ id, name, environmentId, createdAt, size, state }): Remnant => ({
          ...made("server", id, name),
          environmentId,
          createdAt,
          size,
          state,
        }),
      ),
      ...(volumes.Volumes ?? []).map(({ Name, Labels, ...one }) =>
        made("volume", Name, Name, Labels, (one as { CreatedAt?: string }).CreatedAt),
      ),
      ...networks.map(({ Id, Name, Labels, Created }) => made("network", Id, Name, Labels, Created)),
    ],
    unread: [],
  };
}

/** Removes each by its id; what is gone already counts as removed. */
export function removeRemnants(link: Link, found: Remnant[], signal: AbortSignal): Promise<RemovedRemnant[]> {
  return removeInOrder(found, async ({ kind, id, name }) => {
    if (kind === "server") return destroy(link, REGION, [{ id, newName: deletedName(name, randomHex(128)) }], signal);
    const gone = await link.use(signal, (docker) =>
      kind === "network" ? removeNetwork(docker, id) : removeVolume(docker, id),
    );
    if (!gone) throw new ProviderError("conflict", "A container has it.");
  });
}

async function removeVolume(docker: Parameters<typeof removeNetwork>[0], name: string): Promise<boolean> {
  try {
    await unlessAbsent(docker.getVolume(name).remove());
    return true;
  } catch (error) {
    if (hasStatus(error, 409)) return false;
    throw error;
  }
}
