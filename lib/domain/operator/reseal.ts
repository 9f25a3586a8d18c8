import type postgres from "postgres";
import { AppError } from "#lib/errors.ts";
import type { Vault } from "#lib/secrets.ts";
import { type SealedColumn, sealedColumns } from "./sealed-columns.ts";

const BATCH = 500;

type Row = { key: string[]; also: string[]; sealed: string };

/**
 * Seals every sealed value anew, and marks the installation as sealed by `to`; web sessions, whose cookies the earlier
 * secret signed, end. Answers how many values. Throws AppError "conflict" where a value does not open with `from`, and
 * then `tx` is to be rolled back.
 */
export async function reseal(
  tx: postgres.TransactionSql,
  from: Vault,
  to: Vault,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  for (const column of sealedColumns) count += await resealColumn(tx, column, from, to, signal);
  await tx`delete from sessions where token_hash is null`;
  await tx`update installation set key_id = ${to.keyId}`;
  return count;
}

async function resealColumn(
  tx: postgres.TransactionSql,
  column: SealedColumn,
  from: Vault,
  to: Vault,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  let after: string[] | null = null;
  for (;;) {
    signal.throwIfAborted();
    const rows: Row[] = await readBatch(tx, column, after);
    const values = rows.map((row) => sealedAnew(column, row, from, to));
    await writeBatch(tx, column, rows, values);
    count += values.filter((value) => value !== null).length;
    if (rows.length < BATCH) return count;
    after = rows.at(-1)!.key;
  }
}

function sealedAnew(column: SealedColumn, { key, also, sealed }: Row, from: Vault, to: Vault): string | null {
  const place = column.place([...key, ...also]);
  if (place === null) return null;
  try {
    return to.seal(from.open(sealed, place), place);
  } catch (cause) {
    const words = `${column.table}.${column.column} of ${key.join(", ")} cannot be opened with the present secret`;
    throw new AppError("conflict", `${words}: nothing was changed.`, { cause });
  }
}

const quote = (name: string) => `"${name}"`;
const list = (names: string[]) => names.map(quote).join(", ");
/** The columns' values; of a null, empty text. */
const array = (names: string[]) => `array[${names.map((name) => `coalesce(${quote(name)}, '')`).join(", ")}]::text[]`;

/** The rows after a primary key, in its order. */
function readBatch(
  tx: postgres.TransactionSql,
  { table, column, primaryKey, also }: SealedColumn,
  after: string[] | null,
) {
  const given = primaryKey.map((_, index) => `$${index + 1}`).join(", ");
  const later = after ? `and (${list(primaryKey)}) > (${given})` : "";
  const statement = `select ${array(primaryKey)} as key, ${array(also)} as also, ${quote(column)} as sealed
    from ${quote(table)} where ${quote(column)} is not null ${later}
    order by ${list(primaryKey)} limit ${BATCH} for update`;
  return tx.unsafe<Row[]>(statement, after ?? []);
}

async function writeBatch(
  tx: postgres.TransactionSql,
  { table, column, primaryKey }: SealedColumn,
  rows: Row[],
  values: (string | null)[],
): Promise<void> {
  if (rows.length === 0) return;
  const keys = primaryKey.map((_, index) => rows.map(({ key }) => key[index]!));
  const names = primaryKey.map((_, index) => `key${index}`);
  const given = ["value", ...names].map((_, index) => `$${index + 1}::text[]`).join(", ");
  const same = primaryKey.map((name, index) => `old.${quote(name)} = new.key${index}`).join(" and ");
  const statement = `update ${quote(table)} old set ${quote(column)} = new.value
    from unnest(${given}) as new(value, ${names.join(", ")}) where ${same}`;
  await tx.unsafe(statement, [values, ...keys] as postgres.ParameterOrJSON<never>[]);
}
