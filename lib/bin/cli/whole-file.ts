import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { AppError, conflict, messageOf } from "#lib/errors.ts";

/** Throws AppError "conflict" where there is a file of this name. */
export function requireNewFile(file: string): void {
  if (existsSync(file)) throw conflict(`${file} exists already: name another file.`);
}

/**
 * Writes compressed bytes to a file of mode 0600 that appears under its name when it is whole and safe on disk.
 * Throws AppError "invalid" where it cannot be written; of `bytes`, what they throw.
 */
export async function writeWhole(file: string, bytes: AsyncIterable<Buffer>, signal: AbortSignal): Promise<void> {
  const draft = `${file}.${process.pid}.partial`;
  try {
    const handle = await open(draft, "wx", 0o600);
    // The stream closes the handle, which is to be flushed before that.
    const target = handle.createWriteStream({ flush: true });
    await pipeline(Readable.from(bytes), createGzip(), target, { signal });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw ofFile(error) ? refusal(file, error) : error;
  }
}

/** Errors of files, told from those of connections, which have the same shape. */
const FILE_CODES = ["EACCES", "EDQUOT", "EEXIST", "EFBIG", "EIO", "EISDIR", "ENOENT", "ENOSPC", "ENOTDIR", "EROFS"];

function ofFile(error: unknown): boolean {
  return FILE_CODES.includes((error as { code?: string } | null)?.code ?? "");
}

function refusal(file: string, error: unknown): AppError {
  return new AppError("invalid", `${file} cannot be written (${messageOf(error)}).`, { cause: error });
}
