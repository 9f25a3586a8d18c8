import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { AppError } from "#lib/errors.ts";
import { openVault } from "#lib/secrets.ts";

/** The secret, and beside it the one that a transaction under way seals the database with. */
const fileOf = (dataDir: string) => join(dataDir, "secret");
const nextOf = (dataDir: string) => join(dataDir, "secret.next");

export const newSecret = () => randomBytes(32).toString("base64url");

/**
 * The secret of an installation with an embedded database, kept in the data folder, mode 0600. With the `keyId` that
 * seals the database: the kept one that has it, whatever was interrupted; throws AppError "conflict" where none has.
 * Without one, in a database that nothing was sealed in: made once.
 */
export function keptSecret(dataDir: string, keyId: string | null): string {
  if (keyId === null) return madeOnce(dataDir);
  const secret = matchingSecret(dataDir, keyId);
  if (secret === null) {
    const words = `${dataDir} does not hold the secret that sealed its database (key ${keyId})`;
    throw new AppError("conflict", `${words}: put its file "secret" back, or set CLOUDHERO_SECRET.`);
  }
  if (read(fileOf(dataDir)) === secret) rmSync(nextOf(dataDir), { force: true });
  else adoptNextSecret(dataDir);
  return secret;
}

/** The kept secret that has this key id, changing nothing; null where none has. */
export function matchingSecret(dataDir: string, keyId: string): string | null {
  const kept = [fileOf(dataDir), nextOf(dataDir)].map(read);
  return kept.find((secret) => secret !== null && openVault(secret).keyId === keyId) ?? null;
}

/** Keeps `secret` beside the present one, safe on disk: whichever the database is sealed with is found by keptSecret. */
export function keepNextSecret(dataDir: string, secret: string): void {
  const draft = `${nextOf(dataDir)}.${process.pid}`;
  writeFileSync(draft, `${secret}\n`, { mode: 0o600, flush: true });
  renameSync(draft, nextOf(dataDir));
  syncFolder(dataDir);
}

/** Makes the secret kept beside the present one. */
export function adoptNextSecret(dataDir: string): void {
  renameSync(nextOf(dataDir), fileOf(dataDir));
  syncFolder(dataDir);
}

function madeOnce(dataDir: string): string {
  const file = fileOf(dataDir);
  const known = read(file);
  if (known !== null) return known;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${newSecret()}\n`, { mode: 0o600, flush: true });
  // A link, unlike a rename, never replaces a secret that another process made first.
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  syncFolder(dataDir);
  return readFileSync(file, "utf8").trim();
}

function read(file: string): string | null {
  return existsSync(file) ? readFileSync(file, "utf8").trim() : null;
}

/** A new name is safe once its folder is; Windows has no such call, and keeps names by itself. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
