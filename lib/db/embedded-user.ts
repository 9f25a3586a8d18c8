import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { AppError } from "#lib/errors.ts";

/** Who runs Postgres; undefined: whoever runs us. */
export type PostgresUser = { uid: number; gid: number } | undefined;

/**
 * Postgres refuses to run as root: there it runs as the owner of `folder` where that exists, else as `postgres`, else as
 * `nobody`. Throws AppError "unavailable" where there is none of them.
 */
export function postgresUser(folder: string): PostgresUser {
  if (process.getuid?.() !== 0) return undefined;
  const owner = existsSync(folder) ? statSync(folder) : undefined;
  if (owner?.uid) return { uid: owner.uid, gid: owner.gid };
  const user = accountOf("postgres") ?? accountOf("nobody");
  if (user) return user;
  throw new AppError(
    "unavailable",
    'Postgres does not run as root, and this machine has neither a user "postgres" nor "nobody": set DATABASE_URL.',
  );
}

function accountOf(name: string): PostgresUser {
  const lines = existsSync("/etc/passwd") ? readFileSync("/etc/passwd", "utf8").split("\n") : [];
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
  return Number(uid) > 0 && Number(gid) > 0 ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** Whether `user` may pass through every folder above `path` and read it, as the permission bits say. */
export function reaches(user: PostgresUser, path: string): boolean {
  if (!user) return true;
  for (let at = path; ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const bits = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode;
    const wanted = at === path ? 0b101 : 0b001;
    if ((bits & wanted) !== wanted) return false;
    if (at === dirname(at)) return true;
  }
}
