import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { providerFacts } from "#drizzle/schema/index.ts";
import type { Queryable } from "#lib/context.ts";
import { log } from "#lib/log.ts";

/** Younger than this, a fact is answered as it is; older, it is answered and asked for anew behind the answer. */
const freshMs = 10 * 60_000;
/** Older than this, the answer waits for the new one. */
const tooOldMs = 24 * 60 * 60_000;
const claimSeconds = 60;

/** When this process last asked for a fact that nobody had; bounded by the facts that there are. */
const askedAt = new Map<string, number>();

export type Fact<T> = { value: T; ageSeconds: number };

/**
 * What a cloud answered to `load`, kept for all who ask: at most ten minutes old, or as old as a day while somebody
 * asks anew. Where the cloud does not answer, the last answer whatever its age; throws what `load` throws where there
 * is none.
 */
export async function factOf<T>(
  db: Queryable,
  providerId: string,
  name: string,
  load: () => Promise<T>,
): Promise<Fact<T>> {
  const here = and(eq(providerFacts.providerId, providerId), eq(providerFacts.name, name));
  const [known] = await db.select().from(providerFacts).where(here);
  if (!known) return keep(db, providerId, name, await load());
  const ageMs = Date.now() - known.fetchedAt.getTime();
  const old: Fact<T> = { value: known.value as T, ageSeconds: Math.max(0, Math.round(ageMs / 1000)) };
  if (ageMs < freshMs) return old;
  const renewed = renew(db, providerId, name, load).catch((error: unknown) => {
    log.warn({ provider: providerId, fact: name, err: error }, "a fact could not be renewed");
    return null;
  });
  return ageMs < tooOldMs ? old : ((await renewed) ?? old);
}

/** A fact as it is kept, whatever its age; where there is none, null, and the cloud is asked behind the answer. */
export async function keptFact<T>(
  db: Queryable,
  providerId: string,
  name: string,
  load: () => Promise<T>,
): Promise<T | null> {
  const here = and(eq(providerFacts.providerId, providerId), eq(providerFacts.name, name));
  const [known] = await db.select({ value: providerFacts.value }).from(providerFacts).where(here);
  if (known) return known.value as T;
  const key = `${providerId} ${name}`;
  if (Date.now() - (askedAt.get(key) ?? 0) < claimSeconds * 1000) return null;
  askedAt.set(key, Date.now());
  load()
    .then((value) => keep(db, providerId, name, value))
    .catch((error: unknown) => log.warn({ provider: providerId, fact: name, err: error }, "a fact could not be had"));
  return null;
}

/** Asks the cloud, unless somebody else is at it: then null. A claim outlives its process by no more than a minute. */
async function renew<T>(
  db: Queryable,
  providerId: string,
  name: string,
  load: () => Promise<T>,
): Promise<Fact<T> | null> {
  const claimed = await db
    .update(providerFacts)
    .set({ claimedUntil: sql`now() + make_interval(secs => ${claimSeconds})` })
    .where(
      and(
        eq(providerFacts.providerId, providerId),
        eq(providerFacts.name, name),
        or(isNull(providerFacts.claimedUntil), lt(providerFacts.claimedUntil, sql`now()`)),
      ),
    )
    .returning({ name: providerFacts.name });
  return claimed.length === 0 ? null : keep(db, providerId, name, await load());
}

async function keep<T>(db: Queryable, providerId: string, name: string, value: T): Promise<Fact<T>> {
  const kept = { value: JSON.parse(JSON.stringify(value)) as unknown, fetchedAt: new Date(), claimedUntil: null };
  await db
    .insert(providerFacts)
    .values({ providerId, name, ...kept })
    .onConflictDoUpdate({ target: [providerFacts.providerId, providerFacts.name], set: kept });
  return { value, ageSeconds: 0 };
}

/** Forgets all of a provider's facts: its credentials are others now. */
export async function forgetFacts(db: Queryable, providerId: string): Promise<void> {
  await db.delete(providerFacts).where(eq(providerFacts.providerId, providerId));
}
