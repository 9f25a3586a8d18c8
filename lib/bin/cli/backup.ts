import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type postgres from "postgres";
import type { Config } from "#lib/config.ts";
import { AppError } from "#lib/errors.ts";
import { matchingSecret } from "../secret.ts";
import { type End, FORMAT, type Header, VERSION } from "./archive.ts";
import type { Words } from "./arguments.ts";
import { dump, lockTables } from "./dump.ts";
import { appliedMigrations } from "./schema.ts";
import { besideServer, type Store } from "./store.ts";
import { requireNewFile, writeWhole } from "./whole-file.ts";

/** Migrations take it alone, see lib/db/migrate.ts: a backup begins between two. */
const MIGRATION_LOCK = 727274;

/** Where the person who typed a file's name stands: `npm run` itself works in the package's folder. */
export const fileOf = (words: Words) => resolve(process.env.INIT_CWD ?? process.cwd(), words.operand);

/** Writes one consistent moment of the database to a file, whole or not at all; answers what to tell. Throws AppError. */
export function backup(config: Config, words: Words, signal: AbortSignal): Promise<string[]> {
  const file = fileOf(words);
  requireNewFile(file);
  return besideServer(config, async (store) => {
    const { header, end } = await writeBackup(config, store, file, signal);
    const { size } = await stat(file);
    return [
      `${file} holds ${end.rows} rows of ${end.tables} tables (${(size / 2 ** 20).toFixed(1)} MiB).`,
      header.secret === null
        ? `CLOUDHERO_SECRET (key ${header.keyId}) is not in it, and is needed to restore it: keep it elsewhere.`
        : "It also holds the secret that opens every key and password in it: keep it as safe as the servers themselves.",
    ];
  });
}

async function writeBackup(config: Config, { sql }: Store, file: string, signal: AbortSignal) {
  await sql`select pg_advisory_lock_shared(${MIGRATION_LOCK})`;
  await appliedMigrations(sql);
  return sql.begin("isolation level repeatable read read only", async (tx) => {
    await tx`set local statement_timeout = '1h'`;
    await tx`set local datestyle = 'ISO, YMD'`;
    await tx`set local extra_float_digits = 3`;
    const header = await headerOf(config, tx);
    await lockTables(tx);
    await tx`select pg_advisory_unlock_shared(${MIGRATION_LOCK})`;
    let end: End | undefined;
    async function* frames() {
      end = yield* dump(tx, header);
    }
    await writeWhole(file, frames(), signal);
    return { header, end: end! };
  });
}

async function headerOf(config: Config, tx: postgres.TransactionSql): Promise<Header> {
  const migrations = await appliedMigrations(tx);
  const [row] = await tx<{ keyId: string }[]>`select key_id as "keyId" from installation`;
  if (!row) throw new AppError("not_found", "CloudHero was never started on this database: there is nothing to keep.");
  const secret = config.secret ? null : matchingSecret(config.dataDir, row.keyId);
  return {
    format: FORMAT,
    version: VERSION,
    createdAt: new Date().toISOString(),
    migrations,
    keyId: row.keyId,
    secret,
  };
}
