import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";

/** A fresh database with the present schema, for one test file; `drop` also ends whoever is still connected. */
export async function testDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const template = new URL(inject("templateUrl"));
  const name = `test_${randomBytes(8).toString("hex")}`;
  const url = new URL(template);
  url.pathname = `/${name}`;
  await administer(template, (sql) => sql`create database ${sql(name)} template ${sql(template.pathname.slice(1))}`);
  return {
    url: url.href,
    drop: () => administer(template, (sql) => sql`drop database if exists ${sql(name)} with (force)`),
  };
}

async function administer(url: URL, run: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const aside = new URL(url);
  aside.pathname = "/postgres";
  const sql = postgres(aside.href, { max: 1, connect_timeout: 10, fetch_types: false, onnotice: () => {} });
  try {
    await run(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
