import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { observations } from "#drizzle/schema/index.ts";
import type { Database } from "#lib/db/client.ts";
import { ownerOf } from "#lib/db/installation.ts";
import { listWithKnown } from "#lib/providers/known.ts";
import type { Provider } from "#lib/providers/provider.ts";
import { knownServers } from "./known-servers.ts";
import type { Listing, ProviderRow } from "./types.ts";

const listTimeoutMs = 30_000;

/**
 * A listing of a provider's region that is at most `maxAgeMs` old: the last one, or a new one that is kept for all
 * environments there. A known server that the cloud does not list is asked for by its id: only then is it missing, and
 * not where somebody took its tags off. Null while another worker is at it. Throws what the provider throws.
 */
export async function observe(
  db: Database,
  row: ProviderRow,
  cloud: Provider,
  region: string,
  maxAgeMs: number,
): Promise<Listing | null> {
  const here = and(eq(observations.providerId, row.id), eq(observations.region, region));
  const [last] = await db.select().from(observations).where(here);
  if (last?.begunAt && Date.now() - last.begunAt.getTime() <= maxAgeMs)
    return { servers: last.servers, begunAt: last.begunAt };
  if (!(await claim(db, row.id, region))) return null;
  try {
    const begunAt = new Date();
    const owner = await ownerOf(db, row.id);
    const signal = AbortSignal.timeout(listTimeoutMs);
    const servers = await listWithKnown(cloud, region, owner, () => knownServers(db, row.id, region), signal);
    const listed = servers.map((server) => ({ ...server, createdAt: server.createdAt?.toISOString() ?? null }));
    await db.update(observations).set({ servers: listed, begunAt, claimedUntil: null }).where(here);
    return { servers: listed, begunAt };
  } catch (error) {
    await db.update(observations).set({ claimedUntil: null }).where(here);
    throw error;
  }
}

/** One worker lists at a time; a claim outlives a worker by no more than a listing's time limit. */
async function claim(db: Database, providerId: string, region: string): Promise<boolean> {
  const until = sql`now() + make_interval(secs => ${listTimeoutMs / 1000})`;
  const claimed = await db
    .insert(observations)
    .values({ providerId, region, claimedUntil: until as unknown as Date })
    .onConflictDoUpdate({
      target: [observations.providerId, observations.region],
      set: { claimedUntil: until },
      setWhere: or(isNull(observations.claimedUntil), lt(observations.claimedUntil, sql`now()`)),
    })
    .returning({ providerId: observations.providerId });
  return claimed.length > 0;
}
