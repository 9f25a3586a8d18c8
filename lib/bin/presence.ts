import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { AppError, messageOf } from "#lib/errors.ts";

/** An advisory lock: every server holds it shared while it lives, a command that must be alone holds it alone. */
const KEY = 727276;
const RETRY_MS = 1000;

/**
 * Shows that a server runs on the database at `url`, until `stop`; a broken connection is made again.
 * Throws AppError "conflict" while a command works on it alone, "unavailable" where it cannot be reached.
 */
export async function showServer(url: string): Promise<{ stop(): Promise<void> }> {
  const leaving = new AbortController();
  const sql = postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 10,
    fetch_types: false,
    onnotice: () => {},
    onclose: () => void holdAgain(),
    connection: { application_name: "cloudhero-presence" },
  });
  let held = false;
  const hold = async () => {
    const [row] = await sql<{ held: boolean }[]>`select pg_try_advisory_lock_shared(${KEY}) as held`;
    return row!.held;
  };
  async function holdAgain(): Promise<void> {
    if (!held) return;
    held = false;
    while (!leaving.signal.aborted && !held) {
      held = await hold().catch(() => false);
      if (!held) await sleep(RETRY_MS, undefined, { signal: leaving.signal }).catch(() => {});
    }
  }
  const stop = async () => {
    leaving.abort();
    await sql.end({ timeout: 1 });
  };
  try {
    held = await hold();
  } catch (error) {
    await stop();
    throw new AppError("unavailable", `The database cannot be used: ${messageOf(error)}.`, { cause: error });
  }
  if (held) return { stop };
  await stop();
  throw new AppError("conflict", "rotate-secret or restore works on this database: start again when it is done.");
}

/** Keeps every server away until `tx` ends. Throws AppError "conflict" while one runs. */
export async function requireNoServer(tx: postgres.TransactionSql): Promise<void> {
  const [row] = await tx<{ alone: boolean }[]>`select pg_try_advisory_xact_lock(${KEY}) as alone`;
  if (!row!.alone)
    throw new AppError("conflict", "CloudHero runs on this database: stop every server and worker first.");
}
