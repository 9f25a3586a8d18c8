import { sql } from "drizzle-orm";
import { installation } from "#drizzle/schema/index.ts";
import type { Queryable } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";

/** Which CloudHero this database belongs to, made on first use. Throws "conflict" where another secret sealed it. */
export async function ensureInstallation(db: Queryable, keyId: string): Promise<string> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(727275)`);
    const [known] = await tx.select().from(installation);
    if (known && known.keyId !== keyId)
      throw new AppError("conflict", "CLOUDHERO_SECRET is not the one that sealed this database: set the earlier one.");
    if (known) return known.id;
    const id = newId();
    await tx.insert(installation).values({ id, keyId });
    return id;
  });
}

/** The marks of a provider's servers in their cloud. */
export async function ownerOf(
  db: Queryable,
  providerId: string,
): Promise<{ installationId: string; providerId: string }> {
  const [row] = await db.select().from(installation);
  if (!row) throw new AppError("unavailable", "The installation has not been set up yet.");
  return { installationId: row.id, providerId };
}
