import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { bundleEndpoint } from "#lib/bin/bundle.mjs";
import { forkEndpoint, startDocker } from "#lib/bin/docker.ts";
import { loadConfig } from "#lib/config.ts";
import { closeDatabase } from "#lib/db/client.ts";
import { testDatabase } from "#tests/support/postgres.ts";

let build: string;
let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
  process.env.DATABASE_URL = database.url;
  process.env.CLOUDHERO_SECRET = "0123456789abcdef0123456789abcdef";
  build = mkdtempSync(join(tmpdir(), "cloudhero-build-"));
  process.env.CLOUDHERO_BUILD_FOLDER = build;
  await bundleEndpoint(process.cwd(), join(build, "docker-endpoint.mjs"));
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
  rmSync(build, { recursive: true });
});

vi.setConfig({ testTimeout: 60_000 });

const configFor = (dockerPort: number) => ({ ...loadConfig(process.env), dockerPort });
const endpoints = () =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").split(" ").filter(isEndpoint);
const isEndpoint = (pid: string) => pid && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("docker-endpoint");

/** Whether an endpoint of ours answers there: TLS, which asks for a certificate. */
async function answers(): Promise<boolean> {
  const port = Number(process.env.CLOUDHERO_DOCKER_PORT);
  const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false });
  const said = await once(socket, "secureConnect").then(
    () => true,
    () => false,
  );
  socket.destroy();
  return said;
}

test("the endpoint is a process of its own; killed, it comes back on its port; stopped, it is gone", async () => {
  const endpoint = await startDocker(configFor(0));
  expect(await answers()).toBe(true);
  const [killed] = endpoints();
  process.kill(Number(killed), "SIGKILL");
  await expect.poll(() => endpoints().some((pid) => pid !== killed) && answers(), { timeout: 20_000 }).toBe(true);
  await endpoint.stop();
  expect(endpoints()).toEqual([]);
  expect(await answers()).toBe(false);
});

test("where its port is taken it says so in one sentence, and leaves no process", async () => {
  const taken = new Server().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  await expect(startDocker(configFor(port))).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
  taken.close();
  expect(endpoints()).toEqual([]);
});

test("it ends with the process that began it", async () => {
  const { child } = await forkEndpoint(0);
  child.disconnect();
  await once(child, "exit", { signal: AbortSignal.timeout(10_000) });
});
