import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { audit, failedLogins, sessions } from "#drizzle/schema/index.ts";
import { beginLogin } from "#lib/auth/limit.ts";
import { verifyPassword } from "#lib/auth/passwords.ts";
import { beginTokenSession, beginWebSession } from "#lib/auth/sessions.ts";
import { openDatabase } from "#lib/db/client.ts";
import { ensureInstallation } from "#lib/db/installation.ts";
import { openVault } from "#lib/secrets.ts";
import { testDatabase } from "#tests/support/postgres.ts";
import { dataFolder, run, type Seeded, seed, startServer, withStore } from "./cli-store.ts";

vi.setConfig({ testTimeout: 120_000 });

const secret = "a secret of forty characters, or more so";
const vault = openVault(secret);
let database: Awaited<ReturnType<typeof testDatabase>>;
let opened: ReturnType<typeof openDatabase>;
let one: Seeded;
let email: string;
let count = 0;

beforeAll(async () => {
  database = await testDatabase();
  opened = openDatabase(database.url, 2);
  await ensureInstallation(opened.db, vault.keyId);
});
afterAll(async () => {
  await opened.close();
  await database.drop();
});
beforeEach(async () => {
  email = `One${++count}@example.com`;
  one = await seed(opened.sql, vault, email);
});

const reset = (...words: string[]) =>
  run(["reset-password", ...words], { DATABASE_URL: database.url, CLOUDHERO_SECRET: secret });

async function passwordFits(password: string): Promise<boolean> {
  const [row] = await opened.sql<{ hash: string }[]>`select password_hash as hash from users where id = ${one.userId}`;
  return verifyPassword(password, row!.hash);
}

test("a made password is shown once and fits; every session and every failed log-in of that user ends with the old one", async () => {
  const owner = { userId: one.userId, organisationId: one.organisationIds[0]! };
  await beginTokenSession(opened.db, owner);
  await beginWebSession(opened.db, owner);
  for (let failure = 0; failure < 10; failure++) await beginLogin(opened.db, email, `10.0.0.${failure}`);
  const other = await seed(opened.sql, vault, "other@example.com");
  await beginWebSession(opened.db, { userId: other.userId, organisationId: other.organisationIds[0]! });

  const { code, stdout, stderr } = await reset(email.toLowerCase());
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const password = /shown this once: (\S+)/.exec(stdout)![1]!;
  expect(password).toHaveLength(20);
  expect(await passwordFits(password)).toBe(true);
  const left = await opened.db.select().from(sessions);
  expect(left.map(({ userId }) => userId)).toEqual([other.userId]);
  expect(await opened.db.select().from(failedLogins)).toHaveLength(10);
  expect(await beginLogin(opened.db, email, null)).toHaveLength(2);
});

test("each of the user's organisations reads of it, and nobody's else", async () => {
  await reset(email, "--generate");
  const rows = await opened.db.select().from(audit).where(eq(audit.target, one.userId));
  expect(rows.map(({ organisationId }) => organisationId).sort()).toEqual([...one.organisationIds].sort());
  expect(rows[0]).toMatchObject({ action: "password.reset", actor: "operator", userId: null });
});

test("an unknown e-mail address is one line and exit 1, and nobody's password changes", async () => {
  expect(await reset("nobody@example.com")).toEqual({
    code: 1,
    stdout: "",
    stderr: "No user has the e-mail address nobody@example.com.\n",
  });
});

test("a database that cannot be reached, or holds no CloudHero, is one line and exit 1", async () => {
  const variables = { CLOUDHERO_SECRET: secret };
  const away = new URL(database.url);
  away.port = "1";
  const unreachable = await run(["reset-password", email], { ...variables, DATABASE_URL: away.href });
  expect(unreachable).toMatchObject({ code: 1, stdout: "" });
  expect(unreachable.stderr).toMatch(/^The database cannot be used: .*ECONNREFUSED.*\n$/);
  const empty = new URL(database.url);
  empty.pathname = "/postgres";
  expect(await run(["reset-password", email], { ...variables, DATABASE_URL: empty.href })).toMatchObject({
    code: 1,
    stderr: "There is no CloudHero in this database: npm start makes one.\n",
  });
});

const keys = (line: string | null) => (line === null ? "\u0003" : `${line}\r`);

/** Types a line at each prompt, on a terminal of the command's own; Ctrl-C where it is null. */
async function type(lines: (string | null)[]): Promise<{ code: number; screen: string }> {
  const command = `${process.execPath} lib/bin/cli.ts reset-password ${email}`;
  const env = { ...process.env, DATABASE_URL: database.url, CLOUDHERO_SECRET: secret };
  const screen = spawn("script", ["-qec", command, "/dev/null"], { env });
  const waiting = [...lines];
  let seen = "";
  let asked = 0;
  screen.stdout.on("data", (chunk) => {
    seen += chunk;
    const prompts = seen.match(/: (?=\r|\n|$)/g)?.length ?? 0;
    for (; asked < prompts && waiting.length > 0; asked++) screen.stdin.write(keys(waiting.shift()!));
  });
  const [code] = await once(screen, "close");
  return { code, screen: seen };
}

const terminal = process.platform === "linux" && existsSync("/usr/bin/script");

test.runIf(terminal)("a password typed on a terminal is not shown, and is asked for twice", async () => {
  const { screen } = await type(["correct horse battery", "correct horse battery"]);
  expect(screen).toContain("has the new password");
  expect(screen).not.toContain("horse");
  expect(await passwordFits("correct horse battery")).toBe(true);
});

test.runIf(terminal)("nine characters are refused, and so are two that differ; the old password stays", async () => {
  await reset(email);
  const [before] = await opened.sql`select password_hash from users where id = ${one.userId}`;
  const short = await type(["123456789"]);
  expect(short).toMatchObject({ code: 1, screen: expect.stringContaining("must have at least 10 characters") });
  const differ = await type(["0123456789", "0123456780"]);
  expect(differ).toMatchObject({ code: 1, screen: expect.stringContaining("The two differ") });
  expect(await opened.sql`select password_hash from users where id = ${one.userId}`).toEqual([before]);
});

test.runIf(terminal)("Ctrl-C at the prompt ends it, and the old password stays", async () => {
  const [before] = await opened.sql`select password_hash from users where id = ${one.userId}`;
  expect(await type([null])).toMatchObject({ code: 130, screen: expect.stringContaining("nothing was changed") });
  expect(await opened.sql`select password_hash from users where id = ${one.userId}`).toEqual([before]);
});

test("it works beside a server that runs on the embedded database, and on a stopped one", async () => {
  const { dataDir, drop } = dataFolder();
  const variables = { CLOUDHERO_DATA_DIR: dataDir };
  try {
    await withStore(dataDir, (sql, kept) => seed(sql, kept, email));
    const server = await startServer(variables);
    const beside = await run(["reset-password", email], variables);
    await server.stop();
    const alone = await run(["reset-password", email], variables);
    expect([beside, alone].map(({ code, stderr }) => ({ code, stderr }))).toEqual([
      { code: 0, stderr: "" },
      { code: 0, stderr: "" },
    ]);
  } finally {
    drop();
  }
});
