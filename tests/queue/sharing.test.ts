import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { closeDatabase, db } from "#lib/db/client.ts";
import { closeSender, installQueues } from "#lib/queue/boss.ts";
import { enqueueReconcile } from "#lib/queue/enqueue.ts";
import { testDatabase } from "#tests/support/postgres.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
let sql: postgres.Sql;
let workers: ChildProcess[] = [];

beforeAll(async () => {
  database = await testDatabase();
  process.env.DATABASE_URL = database.url;
  await installQueues(database.url);
  sql = postgres(database.url, { max: 2, onnotice: () => {} });
  await sql`create table work (id serial primary key, worker text, key text,
    began_at timestamptz default clock_timestamp(), ended_at timestamptz)`;
});

afterEach(async () => {
  for (const worker of workers) worker.kill("SIGKILL");
  workers = [];
  await sql`truncate work`;
});

afterAll(async () => {
  await closeSender();
  await closeDatabase();
  await sql.end();
  await database.drop();
});

test("two workers share the work, and one environment is never worked on twice at once", async () => {
  await Promise.all([startWorker("one", 100), startWorker("two", 100)]);
  for (let round = 0; round < 8; round += 1)
    for (const key of ["a", "b", "c", "d", "e"]) await db().transaction((tx) => enqueueReconcile(tx, key));
  await expect.poll(idle, { timeout: 20_000 }).toBe(true);
  const [overlaps] = await sql`select count(*)::int as found from work one join work other
    on one.key = other.key and one.id < other.id and other.began_at < one.ended_at`;
  expect(overlaps?.found).toBe(0);
  const done = await sql`select worker, count(distinct key)::int as keys from work group by worker order by worker`;
  expect(done.map(({ worker }) => worker)).toEqual(["one", "two"]);
}, 40_000);

test("what comes while a job runs is one job afterwards, however often it came", async () => {
  await startWorker("one", 1_500);
  const send = () => db().transaction((tx) => enqueueReconcile(tx, "a"));
  await send();
  await expect.poll(begun, { timeout: 10_000 }).toBe(1);
  for (let times = 0; times < 20; times += 1) await send();
  await expect.poll(idle, { timeout: 20_000 }).toBe(true);
  expect(await begun()).toBe(2);
}, 40_000);

test("a killed worker's job is taken up by another within 30 s", async () => {
  const doomed = await startWorker("doomed", 60_000);
  await db().transaction((tx) => enqueueReconcile(tx, "a"));
  await expect.poll(begun, { timeout: 10_000 }).toBe(1);
  await startWorker("heir", 10);
  doomed.kill("SIGKILL");
  const killedAt = Date.now();
  await expect.poll(begun, { timeout: 30_000, interval: 200 }).toBe(2);
  expect(Date.now() - killedAt).toBeLessThan(30_000);
}, 60_000);

test("a job of a transaction that is rolled back does not exist", async () => {
  const failing = db().transaction(async (tx) => {
    await enqueueReconcile(tx, "never");
    throw new Error("rolled back");
  });
  await expect(failing).rejects.toThrow("rolled back");
  const jobs = await sql`select 1 from pgboss.job where singleton_key = 'never'`;
  expect(jobs).toHaveLength(0);
});

async function begun(): Promise<number> {
  const [row] = await sql`select count(*)::int as begun from work`;
  return row?.begun;
}

/** Nothing waits and nothing runs. */
async function idle(): Promise<boolean> {
  const [row] =
    await sql`select count(*)::int as open from pgboss.job where name = 'reconcile' and state < 'completed'`;
  return row?.open === 0;
}

function startWorker(name: string, lastsMs: number): Promise<ChildProcess> {
  const worker = fork(join(import.meta.dirname, "worker-process.ts"), [name, String(lastsMs)]);
  workers.push(worker);
  return new Promise((resolve, reject) => {
    worker.once("message", () => resolve(worker));
    worker.once("exit", (code) => reject(new Error(`the worker ended with ${code}`)));
  });
}
