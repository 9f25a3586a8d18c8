import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeDatabase, db } from "#lib/db/client.ts";
import { startEmbeddedPostgres } from "#lib/db/embedded.ts";
import { ensureInstallation } from "#lib/db/installation.ts";
import { migrate } from "#lib/db/migrate.ts";
import { closeSender, installQueues } from "#lib/queue/boss.ts";
import { vault } from "#lib/vault.ts";

/** A Postgres with the product's schema, for a script: this process, and what it spawns, use it until `stop`. */
export async function startStore(): Promise<{ stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "cloudhero-store-"));
  const postgres = await startEmbeddedPostgres(folder);
  Object.assign(process.env, {
    DATABASE_URL: postgres.url,
    CLOUDHERO_SECRET: "a secret of this run, long enough to be one",
    CLOUDHERO_DIAL_ALLOW: "127.0.0.0/8",
    CLOUDHERO_LOG_LEVEL: "fatal",
  });
  await migrate(postgres.url);
  await installQueues(postgres.url);
  await ensureInstallation(db(), vault().keyId);
  return {
    async stop() {
      await closeSender();
      await closeDatabase();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
