import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { AppError, messageOf } from "#lib/errors.ts";
import type { PostgresUser } from "./embedded-user.ts";

/** A database cluster on disk, and how its files are run. */
export type Cluster = {
  installation: string;
  user: PostgresUser;
  /** Postgres' own folder, below the data folder. */
  folder: string;
  logFile: string;
};

/** What a connection needs; kept beside the cluster, readable to its owner alone. */
export type Access = { password: string; port: number };

export const USER = "cloudhero";

/** All that Postgres sees of our environment, which holds secrets. */
export const ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: "C" } as unknown as NodeJS.ProcessEnv;

export const clusterFolder = (dataDir: string) => join(dataDir, "postgres");

/**
 * How a process of `cluster.user` names the cluster's folder. As another user than ours it cannot walk the path (a home
 * folder of mode 0700); its working directory, entered before the user changes, it can.
 */
export function within(cluster: Pick<Cluster, "user" | "folder">): { cwd: string; path: string } {
  return { cwd: cluster.folder, path: cluster.user ? "/proc/self/cwd" : cluster.folder };
}

export function readAccess(dataDir: string): Access | null {
  const file = join(dataDir, "postgres.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Access) : null;
}

export function writeAccess(dataDir: string, access: Access): void {
  const file = join(dataDir, "postgres.json");
  writeFileSync(`${file}.new`, JSON.stringify(access), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The password of the cluster, which is made where there is none; killed at any moment, it leaves no half a cluster. */
export async function ensureCluster(dataDir: string, cluster: Cluster): Promise<Access> {
  const known = readAccess(dataDir);
  if (existsSync(cluster.folder)) {
    if (known) return known;
    throw new AppError("conflict", `${dataDir} holds a database, but not postgres.json with its password.`);
  }
  const access = { password: randomBytes(24).toString("base64url"), port: 0 };
  writeAccess(dataDir, access);
  const draft = `${cluster.folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  give(cluster.user, draft);
  await initialise({ ...cluster, folder: draft }, access.password);
  renameSync(draft, cluster.folder);
  return access;
}

/** Passwords are SCRAM on every connection; the collation is Postgres' own, the same on every machine. */
async function initialise(cluster: Cluster, password: string): Promise<void> {
  const { cwd, path } = within(cluster);
  const secret = mkdtempSync(join(tmpdir(), "cloudhero-"));
  const passwordFile = join(secret, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const each of [secret, passwordFile]) give(cluster.user, each);
  const words = ["-D", path, "-U", USER, "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "--encoding=UTF8"];
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  try {
    await promisify(execFile)(join(cluster.installation, "bin/initdb"), [...words, ...locale], {
      cwd,
      ...cluster.user,
      env: ENVIRONMENT,
      timeout: 120_000,
    });
  } catch (error) {
    const words = (error as { stderr?: string }).stderr?.trim().split("\n").slice(-2).join(" ");
    throw new AppError(
      "unavailable",
      `The embedded Postgres cannot be set up: ${words || messageOf(error)}. Or set DATABASE_URL.`,
    );
  } finally {
    rmSync(secret, { recursive: true, force: true });
  }
}

function give(user: PostgresUser, path: string): void {
  if (user) chownSync(path, user.uid, user.gid);
}
