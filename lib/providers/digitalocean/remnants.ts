import type { Owner, Remnant, Remnants, RemovedRemnant } from "../provider.ts";
import { removeInOrder } from "../remove-in-order.ts";
import { ask, type DigitalOceanSession, listAll } from "./client.ts";
import { dropletsTagged, stateOf } from "./droplet.ts";
import { isNotFound } from "./errors.ts";
import { environmentNamed, nodeOf, ownerTag } from "./tags.ts";

/** Keys and firewalls are of an account, and of no region. */
const NO_REGION = "";

/** Everything of the owner's in the account; its listings are the account's, so one that fails leaves nothing to answer. */
export async function remnants(session: DigitalOceanSession, owner: Owner, signal: AbortSignal): Promise<Remnants> {
  const [droplets, keys, firewalls] = await Promise.all([
    dropletsTagged(session, ownerTag(owner), signal),
    listAll<{ id: number; name: string }>(session, "/v2/account/keys", "ssh_keys", signal),
    listAll<{ id: string; name: string; created_at: string }>(session, "/v2/firewalls", "firewalls", signal),
  ]);
  const servers = droplets.map(
    (droplet): Remnant => ({
      id: String(droplet.id),
      kind: "server",
      name: droplet.name,
      region: droplet.region.slug,
      environmentId: nodeOf(droplet)?.environmentId ?? "",
      createdAt: new Date(droplet.created_at),
      size: droplet.size_slug,
      state: stateOf(droplet),
    }),
  );
  const named = (kind: Remnant["kind"], id: string | number, name: string, createdAt: Date | null): Remnant[] => {
    const environmentId = environmentNamed(owner, name);
    return environmentId === null ? [] : [{ id: String(id), kind, name, region: NO_REGION, environmentId, createdAt }];
  };
  return {
    found: [
      ...servers,
      ...firewalls.flatMap(({ id, name, created_at }) => named("firewall", id, name, new Date(created_at))),
      ...keys.flatMap(({ id, name }) => named("key", id, name, null)),
    ],
    unread: [],
  };
}

const PATHS: Partial<Record<Remnant["kind"], string>> = {
  server: "/v2/droplets",
  firewall: "/v2/firewalls",
  key: "/v2/account/keys",
};

/** Removes each by its id; what is gone already counts as removed. */
export function removeRemnants(
  session: DigitalOceanSession,
  found: Remnant[],
  signal: AbortSignal,
): Promise<RemovedRemnant[]> {
  return removeInOrder(found, async ({ kind, id }) => {
    const path = `${PATHS[kind]}/${id}`;
    await ask(session, { method: "DELETE", path }, signal).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  });
}
