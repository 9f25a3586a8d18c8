import type postgres from "postgres";
import type { Config } from "#lib/config.ts";
import { AppError } from "#lib/errors.ts";
import { queues } from "#lib/queue/queues.ts";
import { openVault } from "#lib/secrets.ts";
import { sealingKeyId } from "../database.ts";
import { requireNoServer } from "../presence.ts";
import { adoptNextSecret, keepNextSecret, keptSecret, matchingSecret } from "../secret.ts";
import type { End, Header } from "./archive.ts";
import type { Words } from "./arguments.ts";
import { fileOf } from "./backup.ts";
import { load } from "./load.ts";
import { readArchive, verifyArchive } from "./read-archive.ts";
import { applyMigrations, countOf, dropSchema, knownMigrations } from "./schema.ts";
import { withoutServer } from "./store.ts";

/**
 * Replaces the database's content by a backup's, in one transaction, and brings it to this code's schema; answers what
 * to tell. A file that is not whole, a server that runs and, without --force, a database in use are refused untouched.
 * Throws AppError.
 */
export async function restore(config: Config, words: Words, signal: AbortSignal): Promise<string[]> {
  const file = fileOf(words);
  const header = await verifyArchive(file, signal);
  countOf(header.migrations);
  const secret = secretToKeep(config, header);
  return withoutServer(config, true, async ({ db, sql }) => {
    if (secret !== null) settleSecret(config, await sealingKeyId(db));
    const end = await sql.begin(async (tx) => {
      await requireNoServer(tx);
      const loaded = await replace(tx, file, header, words.force, signal);
      if (secret !== null) keepNextSecret(config.dataDir, secret);
      return loaded;
    });
    if (secret !== null) adoptNextSecret(config.dataDir);
    return [
      `${end.rows} rows of ${end.tables} tables are back, as they were at ${header.createdAt}.`,
      "The next npm start goes on from there; what was made in the clouds since then is not known to it.",
    ];
  });
}

async function replace(tx: postgres.TransactionSql, file: string, header: Header, force: boolean, signal: AbortSignal) {
  await tx`set local statement_timeout = '1h'`;
  await tx`set local lock_timeout = '10s'`;
  if (!force) await requireUnused(tx);
  await dropSchema(tx);
  await dropJobs(tx);
  const count = countOf(header.migrations);
  await applyMigrations(tx, 0, count);
  const end: End = await load(tx, readArchive(file, signal));
  await applyMigrations(tx, count, knownMigrations().length);
  const [row] = await tx<{ keyId: string }[]>`select key_id as "keyId" from installation`;
  if (row?.keyId !== header.keyId) throw new AppError("invalid", "The backup says two things about its secret.");
  return end;
}

async function requireUnused(tx: postgres.TransactionSql): Promise<void> {
  const [table] = await tx<{ name: string | null }[]>`select to_regclass('public.users') as name`;
  const used = table?.name ? await tx`select 1 from public.users limit 1` : [];
  if (used.length > 0)
    throw new AppError("conflict", "The database is in use: --force replaces all of it by the backup.");
}

/** What waits for the earlier content's environments; the sweep makes the new content's own. */
async function dropJobs(tx: postgres.TransactionSql): Promise<void> {
  const [table] = await tx<{ name: string | null }[]>`select to_regclass('pgboss.job') as name`;
  if (table?.name) await tx`delete from pgboss.job where name = any(${Object.keys(queues)})`;
}

/** The secret that the data folder is to have; null where the operator keeps it. Throws AppError "conflict" for another. */
function secretToKeep(config: Config, { keyId, secret }: Header): string | null {
  const known = config.secret ?? secret ?? matchingSecret(config.dataDir, keyId);
  if (known === null || openVault(known).keyId !== keyId)
    throw new AppError(
      "conflict",
      `The backup was sealed with another CLOUDHERO_SECRET (key ${keyId}): set that one. Nothing was changed.`,
    );
  return config.secret ? null : known;
}

/** An interrupted change of the secret is ended before another begins. */
function settleSecret({ dataDir }: Config, keyId: string | null): void {
  if (keyId !== null && matchingSecret(dataDir, keyId) !== null) keptSecret(dataDir, keyId);
}
