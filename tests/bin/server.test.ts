import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { embeddedPostgresUrl, startEmbeddedPostgres } from "#lib/db/embedded.ts";
import { leftBehind } from "#lib/db/embedded-postmaster.ts";
import { testDatabase } from "#tests/support/postgres.ts";
import { productBuilt, type ServerProcess, spawnServer, untilReady } from "#tests/support/server-process.ts";

let parent: string;
let dataDir: string;
let started: ServerProcess[];

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "cloudhero-server-"));
  dataDir = join(parent, "data");
  started = [];
});

afterEach(async () => {
  for (const server of started) server.child.kill("SIGKILL");
  await Promise.all(started.map((server) => server.ended()));
  // Ends a Postgres that a killed server left behind.
  if (embeddedPostgresUrl(dataDir)) await (await startEmbeddedPostgres(dataDir)).stop();
  rmSync(parent, { recursive: true, force: true });
});

async function spawned(variables: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await spawnServer({ CLOUDHERO_DATA_DIR: dataDir, CLOUDHERO_LOG_LEVEL: "error", ...variables });
  started.push(server);
  return server;
}

async function ready(variables: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await spawned(variables);
  await untilReady(server);
  return server;
}

async function register(server: ServerProcess, email: string): Promise<number> {
  const account = {
    email,
    user_name: email,
    name: email.split("@")[0],
    password: "a long password",
    password_confirm: "a long password",
  };
  const response = await fetch(`${server.url}/accounts/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(account),
  });
  await response.text();
  return response.status;
}

const readiness = (server: ServerProcess) =>
  fetch(`${server.url}/readyz`).then(
    ({ status }) => status,
    () => 0,
  );

/** It ended with exit code 1, after exactly one line. */
async function refusal(server: ServerProcess): Promise<string> {
  expect(await server.ended()).toBe(1);
  const lines = server.said().stderr.trim().split("\n");
  expect(lines).toHaveLength(1);
  return lines[0]!;
}

vi.setConfig({ testTimeout: 60_000 });

describe.runIf(productBuilt)("the server", () => {
  test("serves API and pages, says where, and on SIGTERM leaves with 0 and without a Postgres", async () => {
    const server = await ready();
    expect(server.said().stdout).toContain(`CloudHero is ready at ${server.url}\n`);
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ success: true });
    await expect.poll(() => readiness(server), { timeout: 10_000 }).toBe(200);
    const page = await fetch(`${server.url}/login`);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, expect.stringContaining("text/html")]);
    expect(statSync(join(dataDir, "secret")).mode & 0o777).toBe(0o600);
    const asked = Date.now();
    server.child.kill("SIGTERM");
    server.child.kill("SIGINT");
    expect(await server.ended()).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
    expect(leftBehind(join(dataDir, "postgres"))).toBeNull();
  });

  test("a connection that never ends does not hold up the shutdown", async () => {
    const server = await ready();
    const { promise: opened, resolve } = Promise.withResolvers<void>();
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () => {
      socket.write("POST /accounts/login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
      resolve();
    });
    socket.on("error", () => {});
    await opened;
    server.child.kill("SIGTERM");
    expect(await server.ended()).toBe(0);
  });

  test("killed with its Postgres left running, it starts again with everything it knew", async () => {
    const killed = await ready();
    expect(await register(killed, "ada@example.com")).toBeLessThan(300);
    const secret = readFileSync(join(dataDir, "secret"), "utf8");
    killed.child.kill("SIGKILL");
    await killed.ended();
    const server = await ready();
    expect(await register(server, "ada@example.com")).toBe(409);
    expect(readFileSync(join(dataDir, "secret"), "utf8")).toBe(secret);
  });

  test("a Postgres killed under it comes back, and it answers again without a restart", async () => {
    const server = await ready();
    await expect.poll(() => readiness(server), { timeout: 10_000 }).toBe(200);
    process.kill(leftBehind(join(dataDir, "postgres"))!, "SIGKILL");
    await expect
      .poll(() => register(server, `${Date.now()}@example.com`).catch(() => 0), { timeout: 20_000 })
      .toBeLessThan(300);
    expect(server.child.exitCode).toBeNull();
  });

  test("it leaves when the process that started it is gone", async () => {
    const server = await ready();
    server.child.disconnect();
    expect(await server.ended()).toBe(0);
    expect(leftBehind(join(dataDir, "postgres"))).toBeNull();
  });

  test("an upgrade that nobody takes is refused", async () => {
    const server = await ready();
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/nowhere`);
    await new Promise((resolve) => socket.addEventListener("error", resolve));
    expect(socket.readyState).toBe(WebSocket.CLOSED);
  });

  test("a log-in's body is read no further than it may be long", async () => {
    const server = await ready();
    const body = `email=${"a".repeat(2 * 1024 * 1024)}`;
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const answer = await fetch(`${server.url}/api/auth/callback/credentials`, { method: "POST", headers, body });
    expect(answer.status).toBe(413);
  });

  test("no request harms it, whatever its path is, and however its client leaves: each connection ends, nothing is thrown", async () => {
    const server = await ready();
    const closed: Promise<unknown>[] = [];
    const paths = [
      "//",
      "/nowhere",
      "*",
      "http://[",
      "/%",
      "/environments/%/nodes/%/terminal",
      "//environments/x/docker",
    ];
    for (const path of paths)
      for (const offer of ["", "Connection: Upgrade\r\nUpgrade: x\r\n"])
        for (const leave of ["end", "resetAndDestroy"] as const) {
          const socket = connect({ port: Number(new URL(server.url).port), host: "127.0.0.1", allowHalfOpen: true });
          socket.on("error", () => {}).resume();
          closed.push(once(socket, leave === "end" ? "end" : "close"));
          socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n${offer}Content-Length: 4\r\n\r\nbody`);
          // Some leave at once, some when their request is being answered.
          if (leave === "resetAndDestroy") await new Promise((resolve) => setTimeout(resolve, 5));
          socket[leave]();
        }
    await Promise.all(closed);
    await expect.poll(() => readiness(server), { timeout: 10_000 }).toBe(200);
    expect(server.said().stderr).toBe("");
  });
});

describe.runIf(productBuilt)("one clear line and exit 1", () => {
  test("for a taken port, with nothing touched", async () => {
    const taken: Server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as AddressInfo;
    const line = await refusal(await spawned({ PORT: String(port) }));
    taken.close();
    expect(line).toBe(
      `Port ${port} on 127.0.0.1 is taken: choose another with PORT=9000, or npm start -- --port 9000.`,
    );
    expect(existsSync(dataDir)).toBe(false);
  });

  test("for a second server on the same data folder, and the first goes on", async () => {
    const first = await ready();
    expect(await refusal(await spawned())).toBe(
      `CloudHero already runs on the data folder ${dataDir}, as process ${first.child.pid}.`,
    );
    expect(await register(first, "ada@example.com")).toBeLessThan(300);
  });

  test("for a data folder that cannot be written", async () => {
    writeFileSync(join(parent, "file"), "");
    const line = await refusal(await spawned({ CLOUDHERO_DATA_DIR: join(parent, "file", "data") }));
    expect(line).toMatch(/data folder .*CLOUDHERO_DATA_DIR/);
  });

  test("for a variable that is no value", async () => {
    expect(await refusal(await spawned({ PORT: "http" }))).toContain("PORT");
  });

  const CLOUDHERO_SECRET = "0123456789abcdef0123456789abcdef";

  test("for a database that is not there, and for a wrong password, which it does not repeat", async () => {
    const nobody = "postgres://a:hunter2@127.0.0.1:1/x";
    expect(await refusal(await spawned({ DATABASE_URL: nobody, CLOUDHERO_SECRET }))).toMatch(
      /database cannot be used: .*ECONNREFUSED/,
    );
    const { url, drop } = await testDatabase();
    const wrong = new URL(url);
    wrong.password = "hunter2";
    const line = await refusal(await spawned({ DATABASE_URL: wrong.href, CLOUDHERO_SECRET }));
    await drop();
    expect(line).toMatch(/password authentication failed/);
    expect(line).not.toContain("hunter2");
  });

  test("for a schema newer than the code, which stays as it is", async () => {
    const { url, drop } = await testDatabase();
    const sql = postgres(url, { max: 1 });
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('tomorrow', ${Date.now() + 1e12})`;
    expect(await refusal(await spawned({ DATABASE_URL: url, CLOUDHERO_SECRET }))).toContain("newer CloudHero");
    await sql.end();
    await drop();
  });
});
