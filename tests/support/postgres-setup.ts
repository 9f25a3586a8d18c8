import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "#lib/db/embedded.ts";
import { migrate } from "#lib/db/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Of the migrated database that every test database is copied from. */
    templateUrl: string;
  }
}

/** One real Postgres per run, with one migrated database to copy; gone without a trace afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "cloudhero-test-"));
  const embedded = await startEmbeddedPostgres(dataDir);
  await migrate(embedded.url);
  const sql = postgres(embedded.url, { max: 1, onnotice: () => {} });
  await sql`checkpoint`;
  await sql.end();
  project.provide("templateUrl", embedded.url);
  return async () => {
    await embedded.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
