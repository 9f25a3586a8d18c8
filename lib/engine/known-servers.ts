import { and, eq, isNotNull, isNull, lt, ne, or } from "drizzle-orm";
import { environments, nodes } from "#drizzle/schema/index.ts";
import type { Queryable } from "#lib/context.ts";
import type { KnownServer } from "#lib/providers/provider.ts";

/** A listing may lag behind a launch for as long as this; that is no reason to ask for the server by its id. */
const lagMs = 15_000;

/**
 * Servers of a provider's region that are known by their ids and that a listing should show by now; not those of which
 * the cloud has said already that they are gone.
 */
export async function knownServers(db: Queryable, providerId: string, region: string): Promise<KnownServer[]> {
  const rows = await db
    .select({ id: nodes.serverId, environmentId: nodes.environmentId })
    .from(nodes)
    .innerJoin(environments, eq(environments.id, nodes.environmentId))
    .where(
      and(
        eq(environments.providerId, providerId),
        eq(environments.region, region),
        isNull(environments.deletedAt),
        ne(nodes.state, "deleted"),
        isNotNull(nodes.serverId),
        or(ne(nodes.state, "failed"), isNull(nodes.drift), ne(nodes.drift, "missing")),
        or(isNotNull(nodes.observed), lt(nodes.attemptAt, new Date(Date.now() - lagMs))),
      ),
    );
  return rows.flatMap(({ id, environmentId }) => (id ? [{ id, environmentId }] : []));
}
