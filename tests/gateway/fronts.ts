import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { nodeFlags } from "#lib/bin/prepare.mjs";
import { type Authority, issueClient, issueServer } from "#lib/cluster/certificates.ts";
import { freePort } from "#tests/support/free-port.ts";

export type Front = {
  port: number;
  /** The most memory that its process has held since it began, in MiB. */
  peakMiB(): number;
  stop(): Promise<void>;
};

/** Our endpoint, in a process of its own on the present database. */
export async function startEndpoint(): Promise<Front> {
  const env = { ...process.env, NODE_ENV: "production" as const };
  const child = fork(join(import.meta.dirname, "endpoint.ts"), { env, execArgv: nodeFlags });
  const [port] = await once(child, "message", { signal: AbortSignal.timeout(30_000) });
  return frontOf(child, port);
}

/** HAProxy before one engine, with TLS and client certificates on both sides, as ours has. */
export async function startHaproxy(authority: Authority, address: string): Promise<Front> {
  const folder = mkdtempSync(join(tmpdir(), "haproxy-"));
  const port = await freePort();
  const path = (name: string) => join(folder, name);
  const server = await issueServer(authority, { dns: ["localhost"], ip: ["127.0.0.1"] }, 2);
  const client = await issueClient(authority, "test", "cloudhero://test", 2);
  writeFileSync(path("ca.pem"), authority.certificate);
  writeFileSync(path("server.pem"), server.certificate + server.privateKey);
  writeFileSync(path("client.pem"), client.certificate + client.privateKey);
  writeFileSync(
    path("cfg"),
    `global
  maxconn 2000
defaults
  mode http
  timeout connect 5s
  timeout client 1h
  timeout server 1h
  timeout tunnel 1h
  http-reuse always
frontend docker
  bind 127.0.0.1:${port} ssl crt ${path("server.pem")} ca-file ${path("ca.pem")} verify required
  default_backend engine
backend engine
  server one ${address}:4000 ssl crt ${path("client.pem")} ca-file ${path("ca.pem")} verify required
`,
  );
  const child = spawn("haproxy", ["-db", "-q", "-f", path("cfg")], { stdio: "inherit" });
  await listening(port);
  return frontOf(child, port, () => rmSync(folder, { recursive: true, force: true }));
}

/** `clean` is done when the process has ended. */
function frontOf(child: ChildProcess, port: number, clean = () => {}): Front {
  return {
    port,
    peakMiB: () => peakOf(child.pid!),
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      clean();
    },
  };
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const socket = connect(port, "127.0.0.1");
    const answered = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (answered) return;
    await sleep(50);
  }
  throw new Error(`nobody listens on port ${port}`);
}

/** From the kernel's own account of the process. */
const peakOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/VmHWM:\s+(\d+)/)![1]) / 1024;
