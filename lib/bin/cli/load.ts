import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type postgres from "postgres";
import type { End, Table } from "./archive.ts";
import type { Part } from "./read-archive.ts";

/**
 * Fills the empty tables of `tx` with what a backup says, its header left out; answers the end. Foreign keys are
 * checked once everything is there, so the order of tables does not matter. Throws what the backup or Postgres throws.
 */
export async function load(tx: postgres.TransactionSql, parts: AsyncGenerator<Part>): Promise<End> {
  const foreignKeys = await takeForeignKeys(tx);
  let end: End | undefined;
  let next = await parts.next();
  while (!next.done) {
    const part: Part = next.value;
    if ("end" in part) end = part.end;
    next = "table" in part ? await loadTable(tx, part.table, parts) : await parts.next();
  }
  for (const { name, table, definition } of foreignKeys)
    await tx.unsafe(`alter table ${table} add constraint ${name} ${definition}`);
  return end!;
}

/** Loads the rows that follow; answers what comes after them. */
async function loadTable(
  tx: postgres.TransactionSql,
  { table, columns, sequences }: Table,
  parts: AsyncGenerator<Part>,
) {
  const names = columns.map((name) => `"${name}"`).join(", ");
  const target = await tx.unsafe(`copy public."${table}" (${names}) from stdin`).writable();
  let next = await parts.next();
  async function* rows() {
    for (; !next.done && "rows" in next.value; next = await parts.next()) yield next.value.rows;
  }
  await pipeline(Readable.from(rows()), target, { end: false });
  target.end();
  // The driver tells nobody when a COPY fails at its end; the next statement then fails.
  await tx`select 1`;
  for (const { column, last } of sequences)
    await tx`select setval(pg_get_serial_sequence(${`public."${table}"`}, ${column}), ${last}::bigint)`;
  return next;
}

type ForeignKey = { name: string; table: string; definition: string };

/** Drops the foreign keys between our tables; answers how to make them again. */
async function takeForeignKeys(tx: postgres.TransactionSql): Promise<ForeignKey[]> {
  const found = await tx<ForeignKey[]>`
    select format('%I', c.conname) as name, c.conrelid::regclass::text as table, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.conparentid = 0
    order by 2, 1`;
  for (const { name, table } of found) await tx.unsafe(`alter table ${table} drop constraint ${name}`);
  return [...found];
}
