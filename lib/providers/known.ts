import type { KnownServer, Owner, Provider, Server } from "./provider.ts";

/**
 * What a cloud lists in a region and, of servers that are known by their ids, those that it has without listing them.
 * `known` is asked after the listing. Throws what the provider throws.
 */
export async function listWithKnown(
  cloud: Provider,
  region: string,
  owner: Owner,
  known: () => Promise<KnownServer[]>,
  signal: AbortSignal,
): Promise<Server[]> {
  const listed = await cloud.list(region, owner, signal);
  const ids = new Set(listed.map(({ id }) => id));
  const unlisted = (await known()).filter(({ id }) => !ids.has(id));
  return unlisted.length > 0 ? [...listed, ...(await cloud.find(region, owner, unlisted, signal))] : listed;
}

/** Of what was found, known servers alone, each viewed with the environment that it was made for. */
export function viewKnown<T>(
  known: KnownServer[],
  found: T[],
  idOf: (one: T) => string,
  view: (one: T, environmentId: string) => Server,
): Server[] {
  const environments = new Map(known.map(({ id, environmentId }) => [id, environmentId]));
  return found.flatMap((one) => {
    const environmentId = environments.get(idOf(one));
    return environmentId === undefined ? [] : [view(one, environmentId)];
  });
}
