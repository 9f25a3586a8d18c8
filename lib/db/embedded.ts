import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { AppError, messageOf } from "#lib/errors.ts";
import { tryLock } from "#lib/lock.mjs";
import { log } from "#lib/log.ts";
import {
  type Access,
  type Cluster,
  clusterFolder,
  ensureCluster,
  readAccess,
  writeAccess,
} from "./embedded-cluster.ts";
import { postgresInstallation } from "./embedded-installation.ts";
import { endLeftBehind, leftBehind, type Postmaster, startPostmaster, urlOf } from "./embedded-postmaster.ts";
import { postgresUser } from "./embedded-user.ts";

const DATABASE = "cloudhero";
const START_ATTEMPTS = 6;
const RESTART_CEILING_MS = 5000;

/**
 * Runs Postgres on `dataDir`, on an ephemeral port of loopback, until `stop` (at most 10 s). A Postgres left behind by a
 * killed process is ended first; one that dies is started again on the same port, for as long as it takes.
 * Throws AppError "conflict" while another process runs on `dataDir`, "invalid" where it cannot be written, and
 * "unavailable" where this machine cannot run Postgres.
 */
export async function startEmbeddedPostgres(dataDir: string): Promise<{ url: string; stop(): Promise<void> }> {
  const held = holdDataFolder(dataDir);
  try {
    const folder = clusterFolder(dataDir);
    const user = postgresUser(folder);
    const cluster: Cluster = {
      installation: postgresInstallation(user),
      user,
      folder,
      logFile: join(dataDir, "postgres.log"),
    };
    const access = await ensureCluster(dataDir, cluster);
    await endLeftBehind(cluster.folder);
    const started = await firstStart(dataDir, cluster, access);
    await ensureDatabase(started.access);
    const supervised = supervise(cluster, started);
    return {
      url: urlOf(started.access, DATABASE),
      async stop() {
        await supervised.stop();
        held.release();
      },
    };
  } catch (error) {
    held.release();
    throw error;
  }
}

/** The address of the Postgres that some other process runs on `dataDir` at this moment; null where none does. */
export function embeddedPostgresUrl(dataDir: string): string | null {
  const access = readAccess(dataDir);
  return access && leftBehind(clusterFolder(dataDir)) !== null ? urlOf(access, DATABASE) : null;
}

function holdDataFolder(dataDir: string): { release(): void } {
  let held: ReturnType<typeof tryLock>;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    held = tryLock(join(dataDir, "lock"));
  } catch (error) {
    const words = `The data folder ${dataDir} cannot be written (${messageOf(error)}): set CLOUDHERO_DATA_DIR.`;
    throw new AppError("invalid", words, { cause: error });
  }
  if (!("holder" in held)) return held;
  throw new AppError("conflict", `CloudHero already runs on the data folder ${dataDir}, as process ${held.holder}.`);
}

/** After a crash the first attempt may find the dead server's shared memory still in use; a port may be taken under us. */
async function firstStart(
  dataDir: string,
  cluster: Cluster,
  known: Access,
): Promise<{ access: Access; postmaster: Postmaster }> {
  for (let attempt = 1; ; attempt++) {
    const access = { ...known, port: await freePort(attempt === 1 ? known.port : 0) };
    writeAccess(dataDir, access);
    try {
      return { access, postmaster: await startPostmaster(cluster, access) };
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
      log.warn({ attempt, reason: messageOf(error) }, "the embedded Postgres did not start; trying again");
      await sleep(100 * 2 ** attempt);
      await endLeftBehind(cluster.folder);
    }
  }
}

function supervise(cluster: Cluster, { access, postmaster }: { access: Access; postmaster: Postmaster }) {
  const stopping = new AbortController();
  let current: Postmaster | undefined = postmaster;
  const restart = async () => {
    current = undefined;
    for (let attempt = 0; !stopping.signal.aborted; attempt++) {
      log.warn({ attempt }, "the embedded Postgres died; starting it again");
      try {
        await endLeftBehind(cluster.folder);
        current = await startPostmaster(cluster, access);
        if (stopping.signal.aborted) await current.stop();
        return;
      } catch (error) {
        log.error({ attempt, reason: messageOf(error) }, "the embedded Postgres did not start again");
        await sleep(Math.min(100 * 2 ** attempt, RESTART_CEILING_MS), undefined, { signal: stopping.signal }).catch(
          () => {},
        );
      }
    }
  };
  const watching = (async () => {
    while (current) {
      await current.exited;
      if (!stopping.signal.aborted) await restart();
      else current = undefined;
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await current?.stop();
      await watching;
    },
  };
}

async function ensureDatabase(access: Access): Promise<void> {
  const sql = postgres(urlOf(access, "postgres"), {
    max: 1,
    connect_timeout: 10,
    fetch_types: false,
    onnotice: () => {},
  });
  try {
    const found = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (found.length === 0) await sql`create database ${sql(DATABASE)}`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** `wanted` where nobody listens on it, else a port that the system picks. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => (wanted ? resolve(freePort(0)) : reject(error)));
    probe.listen(wanted, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
