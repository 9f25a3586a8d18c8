import { inParallel } from "../parallel.ts";
import type { KnownServer, Owner, Server } from "../provider.ts";
import { type DigitalOceanSession, listAll } from "./client.ts";
import { assertRegion, type Droplet, dropletById, toServer } from "./droplet.ts";
import { lackedTags } from "./tags.ts";

/** So many are asked for one by one; of more, the account's whole listing tells in a call for every 200 droplets. */
const ONE_BY_ONE = 3;

/** Droplets by their ids. */
export async function find(
  session: DigitalOceanSession,
  region: string,
  owner: Owner,
  known: KnownServer[],
  signal: AbortSignal,
): Promise<Server[]> {
  await assertRegion(session, region, signal);
  const environments = new Map(known.map(({ id, environmentId }) => [id, environmentId]));
  const droplets = await dropletsOf(session, [...environments.keys()], signal);
  return droplets.map((droplet) => {
    const lacks = lackedTags(droplet, owner, environments.get(String(droplet.id)) ?? "");
    return { ...toServer(session, droplet), lacks };
  });
}

async function dropletsOf(session: DigitalOceanSession, ids: string[], signal: AbortSignal): Promise<Droplet[]> {
  if (ids.length > ONE_BY_ONE) {
    const all = await listAll<Droplet>(session, "/v2/droplets", "droplets", signal);
    return all.filter(({ id }) => ids.includes(String(id)));
  }
  const found = await inParallel(ids, ONE_BY_ONE, (id) => dropletById(session, id, signal));
  return found.filter((droplet) => droplet !== null);
}
