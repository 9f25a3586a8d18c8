import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import type postgres from "postgres";
import { AppError } from "#lib/errors.ts";

/** A migration as a database remembers it: SHA-256 of its text, and when it was written, in milliseconds since 1970. */
export type Migration = { hash: string; when: number };
type Known = Migration & { statements: string[] };

/** What drizzle-orm calls its own record; the same that lib/db/migrate.ts reads and writes. */
const RECORD = "drizzle.__drizzle_migrations";

/** This code's migrations, oldest first. */
export function knownMigrations(): Known[] {
  const files = readMigrationFiles({ migrationsFolder: join(import.meta.dirname, "../../../drizzle/migrations") });
  return files.map(({ hash, folderMillis, sql }) => ({ hash, when: folderMillis, statements: sql }));
}

/** The migrations that made the database, oldest first; throws AppError "not_found" for one that is not CloudHero's. */
export async function appliedMigrations(sql: postgres.ISql): Promise<Migration[]> {
  const [record] = await sql<{ name: string | null }[]>`select to_regclass(${RECORD}) as name`;
  const rows = record?.name
    ? await sql.unsafe<{ hash: string; when: string }[]>(`select hash, created_at as when from ${RECORD} order by 2`)
    : [];
  if (rows.length === 0)
    throw new AppError("not_found", "There is no CloudHero in this database: npm start makes one.");
  return rows.map(({ hash, when }) => ({ hash, when: Number(when) }));
}

/** Throws AppError "conflict" where the database's schema is not this code's. */
export async function requirePresentSchema(sql: postgres.ISql): Promise<void> {
  const known = knownMigrations();
  const applied = await appliedMigrations(sql);
  if (applied.length !== known.length || applied.at(-1)!.when !== known.at(-1)!.when)
    throw new AppError("conflict", "The database is of another version of CloudHero: npm start brings it to this one.");
}

/** How many of this code's migrations made a backup; throws AppError "conflict" where they are not its first ones. */
export function countOf(migrations: Migration[]): number {
  const known = knownMigrations();
  if (migrations.length > known.length)
    throw new AppError("conflict", "The backup was made by a newer CloudHero: restore it with that version.");
  if (migrations.some(({ hash }, index) => known[index]!.hash !== hash))
    throw new AppError("conflict", "The backup was made by another CloudHero, with a schema that this one never had.");
  return migrations.length;
}

/** Drops every table that any of our migrations ever made, and the record of them; strangers' tables stay. */
export async function dropSchema(tx: postgres.TransactionSql): Promise<void> {
  const made = knownMigrations().flatMap(({ statements }) =>
    statements.flatMap((text) =>
      [...text.matchAll(/create table (?:if not exists )?("\w+")/gi)].map(([, name]) => name!),
    ),
  );
  const names = [...new Set(made)].map((name) => `public.${name}`);
  await tx.unsafe(`drop table if exists ${[...names, RECORD].join(", ")}`);
}

/** Applies this code's migrations from number `from` up to, but not, number `to`, and records them as drizzle-orm does. */
export async function applyMigrations(tx: postgres.TransactionSql, from: number, to: number): Promise<void> {
  await tx.unsafe("create schema if not exists drizzle");
  await tx.unsafe(
    `create table if not exists ${RECORD} (id serial primary key, hash text not null, created_at bigint)`,
  );
  for (const { hash, when, statements } of knownMigrations().slice(from, to)) {
    for (const statement of statements) await tx.unsafe(statement);
    await tx.unsafe(`insert into ${RECORD} (hash, created_at) values ($1, $2)`, [hash, when]);
  }
}
