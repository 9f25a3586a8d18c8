import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bundleEndpoint } from "#lib/bin/bundle.mjs";
import { forkEndpoint } from "#lib/bin/docker.ts";
import { type Authority, issueClient, issueServer } from "#lib/cluster/certificates.ts";
import { freePort } from "#tests/support/free-port.ts";

export type Front = {
  port: number;
  /** The most memory that its process has held since it began, in MiB. */
  peakMiB(): number;
  stop(): Promise<void>;
};

/** Our endpoint as `npm start` runs it, on the present database. */
export async function startEndpoint(): Promise<Front> {
  const folder = mkdtempSync(join(tmpdir(), "docker-endpoint-"));
  const file = join(folder, "docker-endpoint.mjs");
  await bundleEndpoint(process.cwd(), file);
  const { child, port } = await forkEndpoint(0, file);
  return frontOf(child, port, () => rmSync(folder, { recursive: true, force: true }));
}

type Pem = { cert: string; key: string };
export type PipeSettings = { host: string; port: number; client: Pem & { ca: string }; server: Pem };

/** What Node itself takes for bytes between two TLS connections, of which no proxy in Node can take less. */
export async function startPipe(authority: Authority, host: string): Promise<Front> {
  const server = await issueServer(authority, { dns: ["localhost"], ip: ["127.0.0.1"] }, 2);
  const client = await issueClient(authority, "test", "cloudhero://test", 2);
  const pem = ({ certificate, privateKey }: typeof server): Pem => ({ cert: certificate, key: privateKey });
  const secrets = { client: { ca: authority.certificate, ...pem(client) }, server: pem(server) };
  process.env.CLOUDHERO_BENCH_PIPE = JSON.stringify({ host, port: 4000, ...secrets } satisfies PipeSettings);
  try {
    const { child, port } = await forkEndpoint(0, join(import.meta.dirname, "pipe.ts"));
    return frontOf(child, port);
  } finally {
    delete process.env.CLOUDHERO_BENCH_PIPE;
  }
}

type Proxy = { command: string; words: string[]; settings: (engine: string, port: number, folder: string) => string };

/** HAProxy and nginx before one engine, with TLS and client certificates on both sides, as ours has. */
const proxies = {
  haproxy: {
    command: "/usr/sbin/haproxy",
    words: ["-db", "-q", "-f"],
    settings: (engine, port, folder) => `global
  maxconn 2000
defaults
  mode http
  timeout connect 5s
  timeout client 1h
  timeout server 1h
  timeout tunnel 1h
  http-reuse always
frontend docker
  bind 127.0.0.1:${port} ssl crt ${folder}/server.pem ca-file ${folder}/ca.pem verify required
  default_backend engine
backend engine
  server one ${engine} ssl crt ${folder}/client.pem ca-file ${folder}/ca.pem verify required
`,
  },
  nginx: {
    command: "/usr/sbin/nginx",
    words: ["-g", "daemon off;", "-c"],
    settings: (engine, port, folder) => `worker_processes auto;
pid ${folder}/pid;
error_log stderr error;
events { worker_connections 2048; }
http {
  access_log off;
  client_body_temp_path ${folder}/bodies;
  proxy_temp_path ${folder}/answers;
  upstream engine { server ${engine}; keepalive 64; keepalive_requests 1000000; }
  map $http_upgrade $connection_wanted { default upgrade; "" ""; }
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${folder}/server.pem;
    ssl_certificate_key ${folder}/server.pem;
    ssl_client_certificate ${folder}/ca.pem;
    ssl_verify_client on;
    keepalive_requests 1000000;
    client_max_body_size 0;
    location / {
      proxy_pass https://engine;
      proxy_http_version 1.1;
      proxy_buffering off;
      proxy_request_buffering off;
      proxy_read_timeout 1h;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_wanted;
      proxy_ssl_certificate ${folder}/client.pem;
      proxy_ssl_certificate_key ${folder}/client.pem;
    }
  }
}
`,
  },
} satisfies Record<string, Proxy>;

/** Null where it is not installed. */
export async function startProxy(
  name: keyof typeof proxies,
  authority: Authority,
  address: string,
): Promise<Front | null> {
  const { command, words, settings } = proxies[name];
  if (!existsSync(command)) return null;
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const port = await freePort();
  const server = await issueServer(authority, { dns: ["localhost"], ip: ["127.0.0.1"] }, 2);
  const client = await issueClient(authority, "test", "cloudhero://test", 2);
  const file = join(folder, "settings");
  for (const [path, text] of [
    [join(folder, "ca.pem"), authority.certificate],
    [join(folder, "server.pem"), server.certificate + server.privateKey],
    [join(folder, "client.pem"), client.certificate + client.privateKey],
    [file, settings(`${address}:4000`, port, folder)],
  ] as const)
    writeFileSync(path, text);
  const child = spawn(command, [...words, file], { stdio: "inherit" });
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
      // nginx takes its workers with it where it may.
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(late);
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
