import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "#lib/config.ts";
import { openDatabase } from "#lib/db/client.ts";
import { embeddedPostgresUrl, startEmbeddedPostgres } from "#lib/db/embedded.ts";
import { clusterFolder } from "#lib/db/embedded-cluster.ts";
import { AppError } from "#lib/errors.ts";

/** One connection to the database as it is: nothing is migrated. */
export type Store = Pick<ReturnType<typeof openDatabase>, "db" | "sql">;

const startingTimeoutMs = 10_000;

/** Runs `work` on the database, whether or not a server runs on it too. Throws AppError. */
export function besideServer<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  if (!config.databaseUrl) requireCluster(config.dataDir);
  return connected(config, work, async () => {
    try {
      return await startEmbeddedPostgres(config.dataDir);
    } catch (error) {
      const url = isConflict(error) && (await runningUrl(config.dataDir));
      if (!url) throw error;
      return { url, stop: async () => {} };
    }
  });
}

/**
 * Runs `work` on the database while no server can start on its data folder; with DATABASE_URL, presence.ts tells.
 * Makes an embedded database where there is none and `make` is true. Throws AppError "conflict" while one runs.
 */
export function withoutServer<T>(config: Config, make: boolean, work: (store: Store) => Promise<T>): Promise<T> {
  if (!config.databaseUrl && !make) requireCluster(config.dataDir);
  return connected(config, work, async () => {
    try {
      return await startEmbeddedPostgres(config.dataDir);
    } catch (error) {
      if (isConflict(error)) throw new AppError("conflict", `${error.message} Stop it first.`, { cause: error });
      throw error;
    }
  });
}

type Embedded = { url: string; stop(): Promise<void> };

async function connected<T>(config: Config, work: (store: Store) => Promise<T>, start: () => Promise<Embedded>) {
  const { url, stop } = config.databaseUrl ? { url: config.databaseUrl, stop: async () => {} } : await start();
  try {
    const { db, sql, close } = openDatabase(url, 1);
    try {
      return await work({ db, sql });
    } finally {
      await close();
    }
  } finally {
    await stop();
  }
}

/** The address of the Postgres of whoever holds the data folder, once it is up; null where none comes. */
async function runningUrl(dataDir: string): Promise<string | null> {
  for (const deadline = Date.now() + startingTimeoutMs; Date.now() < deadline; await sleep(100)) {
    const url = embeddedPostgresUrl(dataDir);
    if (url) return url;
  }
  return null;
}

function requireCluster(dataDir: string): void {
  if (existsSync(clusterFolder(dataDir))) return;
  throw new AppError(
    "not_found",
    `There is no database in ${dataDir}: npm start makes one, or set CLOUDHERO_DATA_DIR.`,
  );
}

const isConflict = (error: unknown): error is AppError => error instanceof AppError && error.code === "conflict";
