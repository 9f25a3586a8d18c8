import { once } from "node:events";
import { existsSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as schema from "#drizzle/schema/index.ts";
import { keepNextSecret } from "#lib/bin/secret.ts";
import { openDatabase } from "#lib/db/client.ts";
import { ensureInstallation } from "#lib/db/installation.ts";
import { reseal } from "#lib/domain/operator/reseal.ts";
import { sealedColumns } from "#lib/domain/operator/sealed-columns.ts";
import { openVault } from "#lib/secrets.ts";
import { testDatabase } from "#tests/support/postgres.ts";
import { openAll, preparedFolder, run, seed, start, startServer, withStore } from "./cli-store.ts";

vi.setConfig({ testTimeout: 180_000 });

let dataDir: string;
let drop: () => void;
let variables: { CLOUDHERO_DATA_DIR: string };

beforeEach(() => {
  ({ dataDir, drop } = preparedFolder());
  variables = { CLOUDHERO_DATA_DIR: dataDir };
});
afterEach(() => drop());

const secretFile = () => join(dataDir, "secret");
const readSecret = () => readFileSync(secretFile(), "utf8").trim();
const never = new AbortController().signal;
function twice(text: string): string[] {
  return [text, text];
}

test("every sealed column of the schema is sealed anew", () => {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const found = Object.values(schema).flatMap((table) => {
    if (!is(table, PgTable)) return [];
    const { name, columns } = getTableConfig(table);
    return columns
      .filter(({ columnType }) => columnType === "PgCustomColumn")
      .map((column) => `${name}.${snake(column.name)}`);
  });
  expect(sealedColumns.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(found.sort());
  expect(found.length).toBeGreaterThan(5);
});

test("what was sealed in each of eight columns opens with the new secret and not with the old; the server starts; web sessions end, tokens go on", async () => {
  await withStore(dataDir, async (sql, vault) => {
    const { userId, organisationIds, nodeIds } = await seed(sql, vault, "one@example.com");
    await sql`update nodes set attempt = null where id = ${nodeIds[0]!}`;
    for (const [id, hash] of [
      ["web", null],
      ["script", "hash"],
    ])
      await sql`insert into sessions (id, user_id, organisation_id, token_hash, expires_at)
        values (${id!}, ${userId}, ${organisationIds[0]!}, ${hash!}, now() + interval '1 day')`;
  });
  const before = readSecret();
  const { code, stdout, stderr } = await run(["rotate-secret"], variables);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^11 values are sealed with the new secret/);
  expect(readSecret()).not.toBe(before);
  expect(statSync(secretFile()).mode & 0o777).toBe(0o600);
  expect(existsSync(join(dataDir, "secret.next"))).toBe(false);
  const server = await startServer(variables);
  await server.stop();
  await withStore(dataDir, async (sql, vault) => {
    // A host key whose attempt was given up could be opened by nobody, and is gone.
    expect(await openAll(sql, vault)).toEqual(
      ["environment's key", "host key", "hub's password", ...twice("mysql's password"), ...twice("redis's password")]
        .concat('{"key":"k"}', "an answer", "signing secret", "secret before")
        .sort(),
    );
    await expect(openAll(sql, openVault(before))).rejects.toThrow(/sealed under key/);
    expect(await sql`select id from sessions`).toEqual([{ id: "script" }]);
  });
});

test("a table of more than one batch is sealed anew to its last row", async () => {
  const database = await testDatabase();
  const opened = openDatabase(database.url, 1);
  const [from, to] = [openVault("a".repeat(32)), openVault("b".repeat(32))];
  try {
    await ensureInstallation(opened.db, from.keyId);
    await seed(opened.sql, from, "one@example.com", 1001);
    const before = await openAll(opened.sql, from);
    const count = await opened.sql.begin((tx) => reseal(tx, from, to, never));
    expect(count).toBe(6 + 1001 + 2002);
    expect(await openAll(opened.sql, to)).toEqual(before);
  } finally {
    await opened.close();
    await database.drop();
  }
});

test("a value that does not open stops it, is named, and nothing is changed", async () => {
  const id = await withStore(dataDir, async (sql, vault) => {
    const { environmentId } = await seed(sql, vault, "one@example.com");
    const elsewhere = vault.seal("x", "elsewhere");
    await sql`update environments set private_key = ${elsewhere}`;
    return environmentId;
  });
  const before = readSecret();
  const { code, stderr } = await run(["rotate-secret"], variables);
  expect(code).toBe(1);
  expect(stderr).toBe(
    `environments.private_key of ${id} cannot be opened with the present secret: nothing was changed.\n`,
  );
  expect(readSecret()).toBe(before);
  await withStore(dataDir, async (sql, vault) => {
    const [row] = await sql<{ secrets: string }[]>`select secrets from providers`;
    expect(row!.secrets.split(".")[0]).toBe(vault.keyId);
  });
});

test("kill -9 at any moment leaves a store that opens whole, and that can be given a new secret again", async () => {
  await withStore(dataDir, (sql, vault) => seed(sql, vault, "one@example.com", 1500));
  const timing = Date.now();
  expect((await run(["rotate-secret"], variables)).code).toBe(0);
  const wholeMs = Date.now() - timing;
  const keys = new Set<string>();
  const next = join(dataDir, "secret.next");
  for (const moment of [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, "kept"] as const) {
    const command = start(["rotate-secret"], variables);
    const ended = once(command, "exit");
    if (moment === "kept") while (!existsSync(next) && command.exitCode === null) await sleep(1);
    else await sleep(wholeMs * moment);
    command.kill("SIGKILL");
    await ended;
    await withStore(dataDir, async (sql, vault) => {
      expect(await openAll(sql, vault)).toHaveLength(6 + 1500 + 3000);
      keys.add(vault.keyId);
    });
  }
  expect((await run(["rotate-secret"], variables)).code).toBe(0);
  await withStore(dataDir, async (sql, vault) => {
    await openAll(sql, vault);
    expect(keys.has(vault.keyId)).toBe(false);
  });
});

test("killed between the commit and the file, and between the file and the commit, the secret that seals is found", async () => {
  await withStore(dataDir, (sql, vault) => seed(sql, vault, "one@example.com"));
  const after = "b".repeat(40);
  keepNextSecret(dataDir, "c".repeat(40));
  await withStore(dataDir, async (sql, vault) => expect(await openAll(sql, vault)).toHaveLength(12));
  expect(existsSync(join(dataDir, "secret.next"))).toBe(false);
  await withStore(dataDir, async (sql, vault) => {
    keepNextSecret(dataDir, after);
    await sql.begin((tx) => reseal(tx, vault, openVault(after), never));
  });
  const server = await startServer(variables);
  await server.stop();
  expect(readSecret()).toBe(after);
  await withStore(dataDir, async (sql, vault) => expect(await openAll(sql, vault)).toHaveLength(12));
});

test("a data folder whose secret is lost says so, and makes no other", async () => {
  await withStore(dataDir, (sql, vault) => seed(sql, vault, "one@example.com"));
  renameSync(secretFile(), join(dataDir, "elsewhere"));
  const { code, stderr } = await run(["rotate-secret"], variables);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^.* does not hold the secret that sealed its database \(key [0-9a-f]{8}\): .*\n$/);
  expect(existsSync(secretFile())).toBe(false);
});

test("a server that runs on the data folder refuses it", async () => {
  await withStore(dataDir, (sql, vault) => seed(sql, vault, "one@example.com"));
  const before = readSecret();
  const server = await startServer(variables);
  const { code, stderr } = await run(["rotate-secret"], variables);
  await server.stop();
  expect(code).toBe(1);
  expect(stderr).toMatch(/^CloudHero already runs on the data folder .*, as process \d+\. Stop it first\.\n$/);
  expect(readSecret()).toBe(before);
});

test("with DATABASE_URL the operator brings the new secret, and no server may run on that database", async () => {
  const database = await testDatabase();
  const opened = openDatabase(database.url, 1);
  const [before, after] = ["a".repeat(32), "b".repeat(32)];
  const given = { DATABASE_URL: database.url, CLOUDHERO_SECRET: before };
  const rotate = (more: Record<string, string>) => run(["rotate-secret"], { ...given, ...more });
  try {
    await ensureInstallation(opened.db, openVault(before).keyId);
    await seed(opened.sql, openVault(before), "one@example.com");
    expect((await rotate({})).stderr).toMatch(/^Set CLOUDHERO_NEW_SECRET to at least 32 random characters/);
    expect((await rotate({ CLOUDHERO_NEW_SECRET: "short" })).stderr).toMatch(/at least 32 characters/);
    const server = await startServer(given);
    expect(await rotate({ CLOUDHERO_NEW_SECRET: after })).toMatchObject({
      code: 1,
      stderr: "CloudHero runs on this database: stop every server and worker first.\n",
    });
    await server.stop();
    expect(await openAll(opened.sql, openVault(before))).toHaveLength(12);
    const { code, stdout } = await rotate({ CLOUDHERO_NEW_SECRET: after });
    expect(code).toBe(0);
    expect(stdout).toContain("Set CLOUDHERO_SECRET to the new one");
    expect(await openAll(opened.sql, openVault(after))).toHaveLength(12);
    await expect(startServer(given)).rejects.toThrow("CLOUDHERO_SECRET is not the one that sealed this database");
  } finally {
    await opened.close();
    await database.drop();
  }
});
