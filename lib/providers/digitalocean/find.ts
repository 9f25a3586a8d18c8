import { viewKnown } from "../known.ts";
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
  const droplets = await candidates(session, known, signal);
  const idOf = ({ id }: Droplet) => String(id);
  return viewKnown(known, droplets, idOf, (droplet, environmentId) => ({
    ...toServer(session, droplet),
    lacks: lackedTags(droplet, owner, environmentId),
  }));
}

async function candidates(session: DigitalOceanSession, known: KnownServer[], signal: AbortSignal): Promise<Droplet[]> {
  if (known.length > ONE_BY_ONE) return listAll<Droplet>(session, "/v2/droplets", "droplets", signal);
  const found = await inParallel(known, ONE_BY_ONE, ({ id }) => dropletById(session, id, signal));
  return found.filter((droplet) => droplet !== null);
}
