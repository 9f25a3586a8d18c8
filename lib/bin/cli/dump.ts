import { createHash } from "node:crypto";
import type postgres from "postgres";
import { type End, frame, type Header, maxFrameBytes, type Table } from "./archive.ts";

/** Living processes only; a queue's jobs, in a schema of their own, are made again by the sweep. */
const LEFT_OUT = ["workers"];

/** The frames of every table as `tx` sees it, which is to be of one snapshot; answers what the last one says. */
export async function* dump(tx: postgres.TransactionSql, header: Header): AsyncGenerator<Buffer, End> {
  const hash = createHash("sha256");
  const hashed = (bytes: Buffer) => {
    hash.update(bytes);
    return bytes;
  };
  const tables = await readTables(tx);
  yield hashed(frame("H", header));
  let rows = 0;
  for (const table of tables) {
    yield hashed(frame("T", table));
    for await (const piece of copyOut(tx, table)) {
      rows += linesIn(piece);
      yield hashed(frame("D", piece));
    }
  }
  const end = { sha256: hash.digest("hex"), rows, tables: tables.length };
  yield frame("E", end);
  return end;
}

/** Every table of the public schema, locked until `tx` ends, so that no migration changes it meanwhile. */
export async function lockTables(tx: postgres.TransactionSql): Promise<void> {
  const names = await tx<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public' order by 1`;
  await tx.unsafe(`lock table ${names.map(({ name }) => name).join(", ")} in access share mode`);
}

function readTables(tx: postgres.TransactionSql): Promise<Table[]> {
  return tx<Table[]>`
    select c.relname as table,
      json_agg(a.attname order by a.attnum) as columns,
      coalesce(json_agg(json_build_object('column', a.attname, 'last', s.last_value::text))
        filter (where s.last_value is not null), '[]') as sequences
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    left join pg_sequences s
      on format('%I.%I', s.schemaname, s.sequencename) = pg_get_serial_sequence(c.oid::regclass::text, a.attname)
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all(${LEFT_OUT})
    group by c.relname order by c.relname`;
}

/** A table's rows in COPY's text form, in pieces of 64 KiB or so; a row may be in several. */
async function* copyOut(tx: postgres.TransactionSql, { table, columns }: Table): AsyncGenerator<Buffer> {
  const names = columns.map((name) => `"${name}"`).join(", ");
  const stream = await tx.unsafe(`copy public."${table}" (${names}) to stdout`).readable();
  let waiting: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes < 2 ** 16) continue;
    yield* pieces(Buffer.concat(waiting));
    waiting = [];
    bytes = 0;
  }
  // The driver pauses its socket while the stream is full; a stream that ends so never asks for more, nor resumes it.
  stream._read(0);
  if (bytes > 0) yield* pieces(Buffer.concat(waiting));
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += maxFrameBytes) yield bytes.subarray(start, start + maxFrameBytes);
}

/** COPY's text form writes a line feed at the end of a row and nowhere else. */
function linesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}
