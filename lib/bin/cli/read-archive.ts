import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import type { z } from "zod";
import { AppError, messageOf } from "#lib/errors.ts";
import {
  type End,
  endSchema,
  type Frame,
  frameHead,
  frameHeadBytes,
  type Header,
  headerSchema,
  maxFrameBytes,
  type Table,
  tableSchema,
  VERSION,
} from "./archive.ts";

/** What a backup says, in its order: the header, then each table and the pieces of its rows, then the end. */
export type Part = { header: Header } | { table: Table } | { rows: Buffer } | { end: End };

/**
 * Reads a backup piece by piece. The end comes only where everything before it is as it was written; throws AppError
 * "invalid" for a file that is damaged or none of ours, "conflict" for one of a newer CloudHero.
 */
export async function* readArchive(file: string, signal: AbortSignal): AsyncGenerator<Part> {
  const hash = createHash("sha256");
  let ended = false;
  let count = 0;
  for await (const each of frames(file, signal)) {
    if (ended || (count++ === 0) !== (each.kind === "H")) throw damaged(file, "its parts are in disorder");
    if (each.kind !== "E") hash.update(frameHead(each.kind, each.payload.length)).update(each.payload);
    if (each.kind === "H") yield { header: readHeader(file, each.payload) };
    else if (each.kind === "T") yield { table: read(file, tableSchema, each.payload) };
    else if (each.kind === "D") yield { rows: each.payload };
    else {
      const end = read(file, endSchema, each.payload);
      if (end.sha256 !== hash.digest("hex")) throw damaged(file, "its checksum differs");
      ended = true;
      yield { end };
    }
  }
  if (!ended) throw damaged(file, "its end is missing");
}

/** Reads a backup from end to end, keeping nothing; answers its header. Throws AppError as readArchive does. */
export async function verifyArchive(file: string, signal: AbortSignal): Promise<Header> {
  let header: Header | undefined;
  for await (const part of readArchive(file, signal)) if ("header" in part) header = part.header;
  return header!;
}

async function* frames(file: string, signal: AbortSignal): AsyncGenerator<Frame> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of inflated(file, signal)) {
    bytes = Buffer.concat([bytes, chunk]);
    for (;;) {
      const length = bytes.length < frameHeadBytes ? 0 : bytes.readUInt32BE(1);
      if (length > maxFrameBytes || (bytes.length > 0 && !"HTDE".includes(bytes.toString("latin1", 0, 1))))
        throw damaged(file, "it is none of CloudHero's");
      if (bytes.length < frameHeadBytes + length || bytes.length < frameHeadBytes) break;
      const kind = bytes.toString("latin1", 0, 1) as Frame["kind"];
      yield { kind, payload: bytes.subarray(frameHeadBytes, frameHeadBytes + length) };
      bytes = bytes.subarray(frameHeadBytes + length);
    }
  }
  if (bytes.length > 0) throw damaged(file, "it ends in the middle");
}

async function* inflated(file: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const source = createReadStream(file, { signal });
  const gunzip = createGunzip();
  source.once("error", (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip);
  } catch (error) {
    signal.throwIfAborted();
    const { syscall } = error as NodeJS.ErrnoException;
    if (!syscall) throw damaged(file, messageOf(error));
    throw new AppError("not_found", `${file} cannot be read (${messageOf(error)}).`, { cause: error });
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

function readHeader(file: string, payload: Buffer): Header {
  const header = read(file, headerSchema, payload);
  if (header.version > VERSION)
    throw new AppError("conflict", "The backup was made by a newer CloudHero: restore it with that version.");
  return header;
}

function read<T>(file: string, schema: z.ZodType<T>, payload: Buffer): T {
  try {
    return schema.parse(JSON.parse(payload.toString("utf8")));
  } catch {
    throw damaged(file, "one of its parts cannot be read");
  }
}

function damaged(file: string, why: string): AppError {
  return new AppError("invalid", `${file} is no whole backup (${why}): nothing was changed.`);
}
