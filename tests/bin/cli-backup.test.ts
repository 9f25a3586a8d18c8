import { createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type End, FORMAT, frame, type Header, VERSION } from "#lib/bin/cli/archive.ts";
import { dump } from "#lib/bin/cli/dump.ts";
import { readArchive, verifyArchive } from "#lib/bin/cli/read-archive.ts";
import { openDatabase } from "#lib/db/client.ts";
import { embeddedPostgresUrl } from "#lib/db/embedded.ts";
import { ensureInstallation } from "#lib/db/installation.ts";
import { openVault } from "#lib/secrets.ts";
import { testDatabase } from "#tests/support/postgres.ts";
import {
  contents,
  dataFolder,
  openAll,
  preparedFolder,
  run,
  seed,
  start,
  startServer,
  withStore,
} from "./cli-store.ts";

vi.setConfig({ testTimeout: 180_000 });

let folder: string;
let dataDir: string;
let drop: () => void;
let file: string;

beforeEach(() => {
  ({ dataDir, drop } = preparedFolder());
  folder = mkdtempSync(join(tmpdir(), "cloudhero-backup-"));
  file = join(folder, "backup");
});
afterEach(() => {
  drop();
  rmSync(folder, { recursive: true, force: true });
});

const on = (dir: string) => ({ CLOUDHERO_DATA_DIR: dir });
const backup = (dir = dataDir) => run(["backup", file], on(dir));
const restore = (dir: string, ...more: string[]) => run(["restore", file, ...more], on(dir));
const secretIn = (dir: string) => readFileSync(join(dir, "secret"), "utf8");

/** Seeds the data folder; answers what it then holds. */
const filled = () =>
  withStore(dataDir, async (sql, vault) => {
    await seed(sql, vault, "one@example.com");
    await sql`insert into workers (id, host) values ('w', 'here')`;
    return contents(sql);
  });

type Written = { kind: "H" | "T" | "D" | "E"; payload: object | Buffer };

/** A backup with a right checksum that says what `change` makes of another. */
async function rewrite(change: (parts: Written[]) => Written[]): Promise<void> {
  const parts: Written[] = [];
  for await (const part of readArchive(file, new AbortController().signal)) {
    if ("header" in part) parts.push({ kind: "H", payload: part.header });
    else if ("table" in part) parts.push({ kind: "T", payload: part.table });
    else if ("rows" in part) parts.push({ kind: "D", payload: Buffer.from(part.rows) });
  }
  const body = Buffer.concat(change(parts).map(({ kind, payload }) => frame(kind, payload)));
  const sha256 = createHash("sha256").update(body).digest("hex");
  writeFileSync(file, gzipSync(Buffer.concat([body, frame("E", { sha256, rows: 0, tables: 0 })])));
}

test("a restore into a new data folder brings every row, the secret that opens them, and ids that go on; the server starts", async () => {
  const before = await filled();
  const made = await backup();
  expect(made).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("It also holds the secret") });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const other = dataFolder();
  try {
    expect(await restore(other.dataDir)).toMatchObject({ code: 0, stderr: "" });
    expect(secretIn(other.dataDir)).toBe(secretIn(dataDir));
    expect(statSync(join(other.dataDir, "secret")).mode & 0o777).toBe(0o600);
    await withStore(other.dataDir, async (sql, vault) => {
      expect(await contents(sql)).toEqual(before);
      expect(await openAll(sql, vault)).toHaveLength(12);
      expect(await sql`select id from workers`).toEqual([]);
      const [event] = await sql`insert into events (environment_id, kind, message)
        select environment_id, kind, 'next' from events limit 1 returning id`;
      expect(event!.id).toBe("2");
    });
    await (await startServer(on(other.dataDir))).stop();
  } finally {
    other.drop();
  }
});

test("beside a server and a writer, a backup holds one moment: both sides of each transaction, or neither", async () => {
  await filled();
  const server = await startServer(on(dataDir));
  const sql = postgres(embeddedPostgresUrl(dataDir)!, { max: 1, onnotice: () => {} });
  let writing = true;
  let pairs = 0;
  const writer = (async () => {
    for (; writing; pairs++)
      await sql.begin(async (tx) => {
        // Opposite ends of the order in which tables are read.
        await tx`insert into audit (id, organisation_id, actor, action) select ${`a${pairs}`}, id, 'x', 'pair' from organisations limit 1`;
        await tx`insert into users (id, email, name, password_hash) values (${`u${pairs}`}, ${`u${pairs}`}, 'pair', '')`;
      });
  })();
  const made = await backup();
  writing = false;
  await writer;
  await sql.end();
  await server.stop();
  expect(made).toMatchObject({ code: 0, stderr: "" });
  const other = dataFolder();
  try {
    expect(await restore(other.dataDir)).toMatchObject({ code: 0, stderr: "" });
    await withStore(other.dataDir, async (restored) => {
      const [count] = await restored<{ a: number; u: number }[]>`select
        (select count(*)::int from audit where action = 'pair') as a, (select count(*)::int from users where name = 'pair') as u`;
      expect(count!.a).toBe(count!.u);
      expect(count!.a).toBeGreaterThan(0);
      expect(count!.a).toBeLessThan(pairs);
    });
  } finally {
    other.drop();
  }
});

test("a database in use is left alone without --force, and replaced as a whole with it, secret and all", async () => {
  const before = await filled();
  await backup();
  const other = preparedFolder();
  try {
    const theirs = await withStore(other.dataDir, async (sql, vault) => {
      await seed(sql, vault, "two@example.com");
      return contents(sql);
    });
    const secret = secretIn(other.dataDir);
    const refused = await restore(other.dataDir);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toBe("The database is in use: --force replaces all of it by the backup.\n");
    expect(secretIn(other.dataDir)).toBe(secret);
    await withStore(other.dataDir, async (sql) => expect(await contents(sql)).toEqual(theirs));
    expect(await restore(other.dataDir, "--force")).toMatchObject({ code: 0, stderr: "" });
    await withStore(other.dataDir, async (sql, vault) => {
      expect(await contents(sql)).toEqual(before);
      expect(await openAll(sql, vault)).toHaveLength(12);
    });
    expect(secretIn(other.dataDir)).toBe(secretIn(dataDir));
  } finally {
    other.drop();
  }
});

test("a file that is cut, changed, empty, or another's is refused before anything is touched", async () => {
  await filled();
  await backup();
  const whole = readFileSync(file);
  const inside = gunzipSync(whole);
  const turned = Buffer.from(inside);
  // Within a row: in the words around it, a turned bit has a refusal of its own.
  turned[turned.indexOf("tcp://x")]! ^= 1;
  const damages: [string, Buffer][] = [
    ["empty", Buffer.alloc(0)],
    ["cut in the middle", whole.subarray(0, whole.length >> 1)],
    ["cut by a byte", whole.subarray(0, -1)],
    ["one bit turned", gzipSync(turned)],
    ["without its end", gzipSync(inside.subarray(0, inside.length - 50))],
    ["with something after its end", gzipSync(Buffer.concat([inside, frame("D", Buffer.from("x"))]))],
    ["another's", gzipSync(Buffer.from("PostgreSQL database dump"))],
  ];
  const never = new AbortController().signal;
  for (const [name, bytes] of damages) {
    const damaged = `${file} ${name}`;
    writeFileSync(damaged, bytes);
    const words = new RegExp(`^${damaged} is no whole backup \\(.*\\): nothing was changed\\.$`);
    await expect(verifyArchive(damaged, never), name).rejects.toThrow(words);
  }
  const nowhere = join(folder, "data");
  expect(await run(["restore", `${file} one bit turned`], on(nowhere))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("(its checksum differs): nothing was changed."),
  });
  expect(existsSync(nowhere)).toBe(false);
});

test("a restore that fails half-way, at a row or at the end of a table or at a reference, changes nothing", async () => {
  const before = await filled();
  await backup();
  const whole = readFileSync(file);
  const secret = secretIn(dataDir);
  const breaks: ((parts: Written[]) => Written[])[] = [
    // A line that is no row.
    (parts) => parts.map((part, index) => (index === 2 ? { ...part, payload: Buffer.from("one field\n") } : part)),
    // Every row of a table twice: its key refuses that.
    (parts) => parts.flatMap((part) => (part.kind === "D" ? [part, part] : [part])),
    // Nobody's organisations.
    (parts) => parts.filter((_, index) => !isRowsOf(parts, index, "organisations")),
    // No installation, so no secret.
    (parts) => parts.filter((_, index) => !isRowsOf(parts, index, "installation")),
  ];
  for (const change of breaks) {
    writeFileSync(file, whole);
    await rewrite(change);
    const { code, stderr } = await restore(dataDir, "--force");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^(The database cannot be used: .*|The backup says two things about its secret\.)\n$/);
    expect(secretIn(dataDir)).toBe(secret);
  }
  await withStore(dataDir, async (sql, vault) => {
    const { workers: _, ...present } = await contents(sql).then((all) => ({ workers: [], ...all }));
    expect(present).toEqual(before);
    expect(await openAll(sql, vault)).toHaveLength(12);
  });
});

function isRowsOf(parts: Written[], index: number, table: string): boolean {
  const before = parts[index - 1]?.payload;
  return parts[index]!.kind === "D" && before !== undefined && "table" in before && before.table === table;
}

test("kill -9 of a restore at any moment leaves the earlier content or the backup's, whole, with the secret that opens it", async () => {
  await withStore(dataDir, (sql, vault) => seed(sql, vault, "backup@example.com", 1500));
  await backup();
  const other = preparedFolder();
  const next = join(other.dataDir, "secret.next");
  try {
    await withStore(other.dataDir, (sql, vault) => seed(sql, vault, "earlier@example.com", 1000));
    const timing = Date.now();
    expect((await restore(other.dataDir)).code).toBe(1);
    const refusedMs = Date.now() - timing;
    for (const moment of [1, 1.2, 1.4, "kept"] as const) {
      const command = start(["restore", file, "--force"], on(other.dataDir));
      const ended = once(command, "exit");
      if (moment === "kept") while (!existsSync(next) && command.exitCode === null) await sleep(1);
      else await sleep(refusedMs * moment);
      command.kill("SIGKILL");
      await ended;
      await withStore(other.dataDir, async (sql, vault) => {
        const [user] = await sql<{ email: string }[]>`select email from users`;
        const nodes = user!.email === "backup@example.com" ? 1500 : 1000;
        expect(await openAll(sql, vault)).toHaveLength(6 + 3 * nodes);
      });
    }
    expect(await restore(other.dataDir, "--force")).toMatchObject({ code: 0, stderr: "" });
    await withStore(other.dataDir, async (sql, vault) => expect(await openAll(sql, vault)).toHaveLength(4506));
    expect(secretIn(other.dataDir)).toBe(secretIn(dataDir));
  } finally {
    other.drop();
  }
});

test("a backup of an older schema is brought to the present one, and one of a newer schema is refused", async () => {
  const before = await filled();
  await backup();
  const newer = join(folder, "clone");
  for (const path of ["lib", "drizzle", "package.json"]) cpSync(path, join(newer, path), { recursive: true });
  symlinkSync(join(process.cwd(), "node_modules"), join(newer, "node_modules"));
  const journal = join(newer, "drizzle/migrations/meta/_journal.json");
  const entries = JSON.parse(readFileSync(journal, "utf8"));
  const last = entries.entries.at(-1);
  entries.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag: "9999_next" });
  writeFileSync(journal, JSON.stringify(entries));
  const migration = `alter table users add column nickname text;--> statement-breakpoint\nupdate users set nickname = name;`;
  writeFileSync(join(newer, "drizzle/migrations/9999_next.sql"), migration);
  const other = dataFolder();
  try {
    const forward = await run(["restore", file], on(other.dataDir), newer);
    expect(forward).toMatchObject({ code: 0, stderr: "" });
    const again = join(folder, "newer");
    expect(await run(["backup", again], on(other.dataDir), newer)).toMatchObject({ code: 0, stderr: "" });
    const back = await run(["restore", again, "--force"], on(dataDir));
    expect(back.stderr).toBe("The backup was made by a newer CloudHero: restore it with that version.\n");
    expect(gunzipSync(readFileSync(again)).toString("latin1")).toMatch(/\tOne\n/);
    await withStore(dataDir, async (sql) => expect(await contents(sql)).toEqual(before));
  } finally {
    other.drop();
  }
});

test("a server that runs refuses a restore, and a file that exists refuses a backup", async () => {
  await filled();
  await backup();
  const whole = readFileSync(file);
  expect(await backup()).toMatchObject({ code: 1, stderr: `${file} exists already: name another file.\n` });
  expect(readFileSync(file)).toEqual(whole);
  const server = await startServer(on(dataDir));
  const { code, stderr } = await restore(dataDir, "--force");
  await server.stop();
  expect(code).toBe(1);
  expect(stderr).toMatch(/^CloudHero already runs on the data folder .* Stop it first\.\n$/);
});

test("with DATABASE_URL the secret stays out of the file; only the same one restores it, and never under a server", async () => {
  const [from, to] = await Promise.all([testDatabase(), testDatabase()]);
  const source = openDatabase(from.url, 1);
  const target = openDatabase(to.url, 1);
  const secret = "a".repeat(32);
  const variables = (url: string, known = secret) => ({ DATABASE_URL: url, CLOUDHERO_SECRET: known });
  try {
    await ensureInstallation(source.db, openVault(secret).keyId);
    await seed(source.sql, openVault(secret), "one@example.com");
    const made = await run(["backup", file], variables(from.url));
    expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining("is not in it") });
    expect(gunzipSync(readFileSync(file)).includes(secret)).toBe(false);
    const wrong = await run(["restore", file], variables(to.url, "b".repeat(32)));
    expect(wrong.stderr).toMatch(/^The backup was sealed with another CLOUDHERO_SECRET \(key [0-9a-f]{8}\)/);
    const server = await startServer(variables(to.url));
    const busy = await run(["restore", file], variables(to.url));
    await server.stop();
    expect(busy.stderr).toBe("CloudHero runs on this database: stop every server and worker first.\n");
    expect(await run(["restore", file], variables(to.url))).toMatchObject({ code: 0, stderr: "" });
    const { workers: _, ...restored } = { workers: [], ...(await contents(target.sql)) };
    expect(restored).toEqual(await contents(source.sql));
  } finally {
    await source.close();
    await target.close();
    await Promise.all([from.drop(), to.drop()]);
  }
});

test("a table whose end arrives while the reader is behind is followed by the next one, whatever its size", async () => {
  const database = await testDatabase();
  const { db, sql, close } = openDatabase(database.url, 1);
  const header = {
    format: FORMAT,
    version: VERSION,
    createdAt: "",
    migrations: [],
    keyId: "",
    secret: null,
  } satisfies Header;
  try {
    await ensureInstallation(db, openVault("a".repeat(32)).keyId);
    for (let round = 1; round <= 60; round++) {
      await sql`insert into failed_logins (id, subject) select ${`${round}-`} || i, repeat('x', 400) from generate_series(1, 40) i`;
      const rows = await sql.begin(async (tx) => {
        let end: End | undefined;
        async function* frames() {
          end = yield* dump(tx, header);
        }
        for await (const _ of frames()) await sleep(1);
        return end!.rows;
      });
      expect(rows).toBe(1 + 40 * round);
    }
  } finally {
    await close();
    await database.drop();
  }
});
