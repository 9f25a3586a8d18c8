import { sql } from "drizzle-orm";
import type { Config } from "#lib/config.ts";
import type { Queryable } from "#lib/context.ts";
import { db } from "#lib/db/client.ts";
import { startEmbeddedPostgres } from "#lib/db/embedded.ts";
import { ensureInstallation } from "#lib/db/installation.ts";
import { migrate } from "#lib/db/migrate.ts";
import { installQueues } from "#lib/queue/boss.ts";
import { vault } from "#lib/vault.ts";
import { showServer } from "./presence.ts";
import { keptSecret } from "./secret.ts";

/**
 * Brings the database up, to this code's schema, and says in the process environment where it is, for the code that
 * opens connections: DATABASE_URL, and CLOUDHERO_SECRET where it is kept with the data. Throws AppError.
 */
export async function openStore(config: Config): Promise<{ stop(): Promise<void> }> {
  const { url, stop } = config.databaseUrl ? await openExternal(config.databaseUrl) : await openEmbedded(config);
  try {
    await migrate(url);
    await installQueues(url);
    await ensureInstallation(db(), vault().keyId);
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

type Opened = { url: string; stop(): Promise<void> };

const openExternal = async (url: string): Promise<Opened> => ({ url, ...(await showServer(url)) });

async function openEmbedded(config: Config): Promise<Opened> {
  const embedded = await startEmbeddedPostgres(config.dataDir);
  try {
    process.env.DATABASE_URL = embedded.url;
    process.env.CLOUDHERO_SECRET = config.secret ?? keptSecret(config.dataDir, await sealingKeyId(db()));
    return embedded;
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/** The key id of the secret that seals the database; null for a database that is not set up yet. */
export async function sealingKeyId(db: Queryable): Promise<string | null> {
  const [table] = await db.execute<{ name: string | null }>(sql`select to_regclass('public.installation') as name`);
  if (!table?.name) return null;
  const [row] = await db.execute<{ keyId: string }>(sql`select key_id as "keyId" from installation`);
  return row?.keyId ?? null;
}
