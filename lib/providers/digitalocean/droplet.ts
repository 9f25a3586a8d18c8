import { type Owner, ProviderError, type Server, type ServerState } from "../provider.ts";
import { ask, type DigitalOceanSession, listAll } from "./client.ts";
import { isNotFound } from "./errors.ts";
import { nodeOf, ownerTag } from "./tags.ts";

export type Droplet = {
  id: number;
  name: string;
  status: "new" | "active" | "off" | "archive";
  locked: boolean;
  created_at: string;
  size_slug: string;
  image: { id: number; slug: string | null };
  networks: { v4: { ip_address: string; type: "public" | "private" }[] };
  region: { slug: string };
  tags: string[];
};

const STATES: Record<Droplet["status"], ServerState> = {
  new: "pending",
  active: "running",
  off: "stopped",
  archive: "stopped",
};

/** Every droplet that carries the tag, all pages. */
export const dropletsTagged = (session: DigitalOceanSession, tag: string, signal: AbortSignal) =>
  listAll<Droplet>(session, "/v2/droplets", "droplets", signal, { tag_name: tag });

export function dropletPath(id: string): string {
  if (!/^\d+$/.test(id)) throw new ProviderError("invalid", `${id} is not the id of a droplet.`);
  return `/v2/droplets/${id}`;
}

/** The droplet of this id, whatever its tags; null where there is none. */
export async function dropletById(
  session: DigitalOceanSession,
  id: string,
  signal: AbortSignal,
): Promise<Droplet | null> {
  try {
    return (await ask<{ droplet: Droplet }>(session, { method: "GET", path: dropletPath(id) }, signal)).droplet;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** Every droplet of the owner in a region; one listing for all environments. */
export async function list(
  session: DigitalOceanSession,
  region: string,
  owner: Owner,
  signal: AbortSignal,
): Promise<Server[]> {
  await assertRegion(session, region, signal);
  const droplets = await dropletsTagged(session, ownerTag(owner), signal);
  return droplets.filter((droplet) => droplet.region.slug === region).map((droplet) => toServer(session, droplet));
}

/** Throws "invalid" for a region that DigitalOcean does not have. */
export async function assertRegion(session: DigitalOceanSession, region: string, signal: AbortSignal): Promise<void> {
  session.regions ??= new Set(
    (await listAll<{ slug: string }>(session, "/v2/regions", "regions", signal)).map((one) => one.slug),
  );
  if (!session.regions.has(region)) throw new ProviderError("invalid", `DigitalOcean has no region ${region}.`);
}

const addressOf = (droplet: Droplet, type: "public" | "private") =>
  droplet.networks.v4.find((one) => one.type === type)?.ip_address ?? null;

/** A droplet is active before it has a public address: then it is still pending. */
export function stateOf(droplet: Droplet): ServerState {
  const unready = droplet.status === "active" && !addressOf(droplet, "public");
  return unready ? "pending" : STATES[droplet.status];
}

export function toServer(session: DigitalOceanSession, droplet: Droplet): Server {
  const node = nodeOf(droplet);
  return {
    id: String(droplet.id),
    name: droplet.name,
    state: session.deleted.has(String(droplet.id)) ? "shutting-down" : stateOf(droplet),
    publicIp: addressOf(droplet, "public"),
    privateIp: addressOf(droplet, "private"),
    zone: null,
    image: droplet.image.slug ?? String(droplet.image.id),
    size: droplet.size_slug,
    endpoints: {},
    environmentId: node?.environmentId ?? "",
    nodeId: node?.nodeId ?? "",
    attempt: node?.attempt ?? "",
    createdAt: new Date(droplet.created_at),
  };
}
