import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { migrate as apply } from "drizzle-orm/postgres-js/migrator";
import { AppError, messageOf } from "#lib/errors.ts";
import { type Database, openDatabase } from "./client.ts";

const folder = join(import.meta.dirname, "../../drizzle/migrations");

/**
 * Brings the database at `url` to this code's schema; processes that start at once take turns.
 * Throws AppError "unavailable" where it cannot be reached, "conflict" where its schema is newer than the code.
 */
export async function migrate(url: string): Promise<void> {
  const { db, close } = openDatabase(url, 1);
  try {
    await db.execute(sql`select pg_advisory_lock(727274)`);
    await refuseNewerSchema(db);
    await apply(db, { migrationsFolder: folder });
    await db.execute(sql`select pg_advisory_unlock(727274)`);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const cause = error instanceof Error && error.cause ? error.cause : error;
    throw new AppError("unavailable", `The database cannot be used: ${messageOf(cause)}.`, { cause: error });
  } finally {
    await close();
  }
}

async function refuseNewerSchema(db: Database): Promise<void> {
  const [table] = await db.execute<{ name: string | null }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') as name`,
  );
  if (!table?.name) return;
  const [newest] = await db.execute<{ at: string | null }>(
    sql`select max(created_at) as at from drizzle.__drizzle_migrations`,
  );
  const journal = JSON.parse(readFileSync(join(folder, "meta/_journal.json"), "utf8")) as {
    entries: { when: number }[];
  };
  const known = journal.entries.at(-1)?.when ?? 0;
  if (Number(newest?.at ?? 0) > known)
    throw new AppError(
      "conflict",
      "The database was made by a newer CloudHero: start that version, or restore a backup.",
    );
}
