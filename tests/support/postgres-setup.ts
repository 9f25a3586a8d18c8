import { execFileSync } from "node:child_process";
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
    /** A data folder with a migrated database that does not run; to be copied, never used. */
    templateFolder: string;
  }
}

/** One real Postgres per run, with one migrated database to copy; gone without a trace afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "cloudhero-test-"));
  const first = await startEmbeddedPostgres(dataDir);
  await migrate(first.url);
  await first.stop();
  const templateFolder = mkdtempSync(join(tmpdir(), "cloudhero-template-"));
  // With its owner: a root's Postgres belongs to another user.
  execFileSync("cp", ["-a", `${dataDir}/.`, templateFolder]);
  const embedded = await startEmbeddedPostgres(dataDir);
  const sql = postgres(embedded.url, { max: 1, onnotice: () => {} });
  await sql`checkpoint`;
  await sql.end();
  project.provide("templateUrl", embedded.url);
  project.provide("templateFolder", templateFolder);
  return async () => {
    await embedded.stop();
    for (const folder of [dataDir, templateFolder]) rmSync(folder, { recursive: true, force: true });
  };
}
