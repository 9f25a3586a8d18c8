import { asc, eq, isNull } from "drizzle-orm";
import { authorities } from "#drizzle/schema/index.ts";
import type { Queryable } from "#lib/context.ts";
import { newId } from "#lib/ids.ts";
import { authorityPlace } from "#lib/model/places.ts";
import { vault } from "#lib/vault.ts";
import { type Authority, newAuthority } from "./certificates.ts";

const lifeDays = 5 * 365;
/** The next one is made this long before the last one ends, and signs when the last one has only `signingDays` left. */
const renewalDays = 365;
const signingDays = 180;
const dayMs = 86_400_000;

export type KeptAuthority = Authority & { id: string };

/** Who signs now, and all whose certificates still count; the one is among the others. */
export type Trust = { signer: KeptAuthority; trusted: KeptAuthority[] };

/**
 * The authorities of an environment's nodes, or of our own endpoint (null); the first, and each successor, is made when
 * it is time. A successor is trusted half a year before it signs, so that what was handed out knows it by then.
 */
export async function trustOf(db: Queryable, environmentId: string | null, now = new Date()): Promise<Trust> {
  const rows = await rowsOf(db, environmentId);
  const daysLeft = ({ expiresAt }: (typeof rows)[number]) => (expiresAt.getTime() - now.getTime()) / dayMs;
  const last = rows.at(-1);
  if (!last || daysLeft(last) < renewalDays) {
    await make(db, environmentId, (last?.turn ?? 0) + 1);
    if (!last) return trustOf(db, environmentId, now);
    rows.splice(0, rows.length, ...(await rowsOf(db, environmentId)));
  }
  const living = rows.filter((row) => daysLeft(row) > 0);
  const signer = living.find((row) => daysLeft(row) > signingDays) ?? living.at(-1)!;
  return { signer: opened(signer), trusted: living.map(opened) };
}

type Row = typeof authorities.$inferSelect;

const rowsOf = (db: Queryable, environmentId: string | null): Promise<Row[]> =>
  db
    .select()
    .from(authorities)
    .where(environmentId ? eq(authorities.environmentId, environmentId) : isNull(authorities.environmentId))
    .orderBy(asc(authorities.turn));

const opened = ({ id, certificate, privateKey }: Row): KeptAuthority => ({
  id,
  certificate,
  privateKey: vault().open(privateKey, authorityPlace(id)),
});

/** Of several that are made at once, one stays. */
async function make(db: Queryable, environmentId: string | null, turn: number): Promise<void> {
  const id = newId();
  const made = await newAuthority(`CloudHero ${environmentId ?? "endpoint"} ${turn}`, lifeDays);
  const { certificate, expiresAt } = made;
  const privateKey = vault().seal(made.privateKey, authorityPlace(id));
  await db
    .insert(authorities)
    .values({ id, environmentId, turn, certificate, privateKey, expiresAt })
    .onConflictDoNothing();
}
