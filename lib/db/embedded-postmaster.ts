import { execFileSync, spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { AppError } from "#lib/errors.ts";
import { type Access, type Cluster, ENVIRONMENT, USER, within } from "./embedded-cluster.ts";

/** A running Postgres. */
export type Postmaster = { exited: Promise<void>; stop(): Promise<void> };

/** Recovery after a crash replays at most a few checkpoints' worth of log. */
const READY_TIMEOUT_MS = 60_000;
const LOG_LIMIT_BYTES = 10 * 2 ** 20;

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: 100,
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  timezone: "UTC",
  log_timezone: "UTC",
};

export const urlOf = ({ password, port }: Access, database: string) =>
  `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;

/** Starts Postgres and waits until it answers. Throws AppError "unavailable" with Postgres' own last words. */
export async function startPostmaster(cluster: Cluster, access: Access): Promise<Postmaster> {
  const { cwd, path } = within(cluster);
  const settings = Object.entries({ ...SETTINGS, port: access.port }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const output = openLog(cluster.logFile);
  const before = statSync(cluster.logFile).size;
  const child = spawn(join(cluster.installation, "bin/postgres"), ["-D", path, ...settings], {
    cwd,
    ...cluster.user,
    env: ENVIRONMENT,
    stdio: ["ignore", output, output],
    // A session of its own: Ctrl-C in the terminal must reach the app first.
    detached: true,
  });
  closeSync(output);
  const alive = new AbortController();
  let failure: Error | undefined;
  const exited = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      failure = error;
      resolve();
    });
    child.once("exit", () => resolve());
  });
  exited.then(() => alive.abort());
  const stop = () => endProcess(() => child.pid, exited);
  if (await answers(access, alive.signal)) return { exited, stop };
  await stop();
  throw new AppError(
    "unavailable",
    `The embedded Postgres does not start: ${failure?.message ?? lastWords(cluster.logFile, before)}`,
  );
}

/** Ends a Postgres that outlived the process that started it, and removes the pid file of a dead one. */
export async function endLeftBehind(folder: string): Promise<void> {
  const pid = leftBehind(folder);
  if (pid === null) {
    rmSync(join(folder, "postmaster.pid"), { force: true });
    return;
  }
  const gone = async () => {
    while (leftBehind(folder) === pid) await sleep(50);
  };
  await endProcess(() => pid, gone());
}

/** The process id of a Postgres that runs on `folder`; null where none does, whatever its pid file says. */
export function leftBehind(folder: string): number | null {
  const file = join(folder, "postmaster.pid");
  if (!existsSync(file)) return null;
  const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
  try {
    if (process.platform === "linux") return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder) ? pid : null;
    const command = execFileSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8", timeout: 5000 });
    return command.includes("postgres") ? pid : null;
  } catch {
    return null;
  }
}

/** Postgres' fast shutdown, then its immediate one, then none: at most 10 s. */
async function endProcess(pid: () => number | undefined, exited: Promise<void>): Promise<void> {
  for (const [signal, patienceMs] of [
    ["SIGINT", 6000],
    ["SIGQUIT", 3000],
    ["SIGKILL", 1000],
  ] as const) {
    const id = pid();
    if (id === undefined) return;
    try {
      process.kill(id, signal);
    } catch {
      return;
    }
    const timer = new AbortController();
    const ended = await Promise.race([exited.then(() => true), sleep(patienceMs, false, { signal: timer.signal })]);
    timer.abort();
    if (ended) return;
  }
}

async function answers(access: Access, alive: AbortSignal): Promise<boolean> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!alive.aborted && Date.now() < deadline) {
    const sql = postgres(urlOf(access, "postgres"), {
      max: 1,
      connect_timeout: 5,
      fetch_types: false,
      onnotice: () => {},
    });
    try {
      await sql`select 1`;
      return true;
    } catch {
      await sleep(50, undefined, { signal: alive }).catch(() => {});
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
  return false;
}

function openLog(file: string): number {
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}

/** What went wrong, by the log from byte `start` on. */
function lastWords(file: string, start: number): string {
  const lines = readFileSync(file).subarray(start).toString("utf8").trim().split("\n");
  return lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? (lines.at(-1) || "it said nothing");
}
