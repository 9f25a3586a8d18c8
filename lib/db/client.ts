import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "#drizzle/schema/index.ts";

export type Database = PostgresJsDatabase<typeof schema>;

/** A database with a pool of its own; `close` ends it within 5 s. */
export function openDatabase(
  url: string,
  connections = 20,
): { db: Database; sql: postgres.Sql; close(): Promise<void> } {
  const sql = postgres(url, {
    max: connections,
    connect_timeout: 10,
    idle_timeout: 60,
    // Postgres may be restarted under us: reconnect at once, then every 2 s at the most.
    backoff: (attempt: number) => Math.min(0.1 * 2 ** attempt, 2),
    onnotice: () => {},
    connection: {
      application_name: "cloudhero",
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 30_000,
    },
  });
  return { db: drizzle(sql, { schema, casing: "snake_case" }), sql, close: () => sql.end({ timeout: 5 }) };
}

let opened: ReturnType<typeof openDatabase> | undefined;

/** This process's database, opened on first use from DATABASE_URL. */
export function db(): Database {
  opened ??= openDatabase(requiredUrl());
  return opened.db;
}

/** The driver under `db()`, for what Drizzle has no words for: LISTEN. */
export function driver(): postgres.Sql {
  db();
  return opened!.sql;
}

export async function closeDatabase(): Promise<void> {
  const closing = opened;
  opened = undefined;
  await closing?.close();
}

export function requiredUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set.");
  return url;
}
