import { afterAll, beforeAll, expect, test } from "vitest";
import { requireNoServer, showServer } from "#lib/bin/presence.ts";
import { openDatabase } from "#lib/db/client.ts";
import { testDatabase } from "#tests/support/postgres.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
let opened: ReturnType<typeof openDatabase>;

beforeAll(async () => {
  database = await testDatabase();
  opened = openDatabase(database.url, 1);
});
afterAll(async () => {
  await opened.close();
  await database.drop();
});

const alone = () =>
  opened.sql.begin(requireNoServer).then(
    () => true,
    () => false,
  );

test("any number of servers run at once, and a command is alone once the last has stopped", async () => {
  const servers = [await showServer(database.url), await showServer(database.url)];
  expect(await alone()).toBe(false);
  await servers[0]!.stop();
  expect(await alone()).toBe(false);
  await servers[1]!.stop();
  await expect.poll(alone).toBe(true);
});

test("no server starts while a command is alone", async () => {
  await opened.sql.begin(async (tx) => {
    await requireNoServer(tx);
    await expect(showServer(database.url)).rejects.toMatchObject({ name: "AppError", code: "conflict" });
  });
  await (await showServer(database.url)).stop();
});

test("a server whose connection broke shows itself again, each time", async () => {
  const server = await showServer(database.url);
  const holders = async () => {
    const rows = await opened.sql<{ pid: number }[]>`
      select pid from pg_stat_activity join pg_locks using (pid)
      where application_name = 'cloudhero-presence' and datname = current_database() and locktype = 'advisory' and granted`;
    return rows.map(({ pid }) => pid);
  };
  for (let broken = 0; broken < 3; broken++) {
    const [pid] = await holders();
    await opened.sql`select pg_terminate_backend(${pid!})`;
    const others = async () => (await holders()).filter((holder) => holder !== pid).length;
    await expect.poll(others, { timeout: 10_000, interval: 50 }).toBe(1);
    expect(await alone()).toBe(false);
  }
  await server.stop();
});
