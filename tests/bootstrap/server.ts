import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { credentialsFor } from "#lib/bootstrap/credentials.ts";
import type { PackageName } from "#lib/bootstrap/package.ts";
import type { BootstrapPlan } from "#lib/bootstrap/plan.ts";
import { connect, type SshTarget } from "#lib/bootstrap/ssh/connect.ts";
import { generateKeyPair, type KeyPair } from "#lib/bootstrap/ssh/keys.ts";
import { randomHex } from "#lib/ids.ts";

const IMAGE = "cloudhero-test-bootstrap-node";
const execFileAsync = promisify(execFile);

/** Docker's answer, trimmed; throws with its words. */
export async function docker(...args: string[]): Promise<string> {
  const { CLOUDHERO_DOCKER_HOST: host, ...env } = process.env;
  if (host) env.DOCKER_HOST = host;
  const { stdout } = await execFileAsync("docker", args, { env, timeout: 300_000, maxBuffer: 16 << 20 });
  return stdout.trim();
}

export type TestServer = {
  id: string;
  target: Omit<SshTarget, "signal">;
  loginKey: KeyPair;
  /** On the engine's own network. */
  address: string;
  /** Runs a command as root behind the back of what is tested. */
  sh(script: string): Promise<string>;
  /** Ends it, gently or as a power cut does, and starts it again; SSH is then on another port. */
  restart(how: "stop" | "kill"): Promise<void>;
  remove(): Promise<void>;
};

/** Builds the product's node image, from the engine's cache after the first time. */
export async function buildNodeImage(): Promise<void> {
  await docker("build", "--quiet", "--tag", IMAGE, join(import.meta.dirname, "../../lib/providers/docker/image"));
}

/** A system container with SSH on a free loopback port and a host key that we made. */
export async function startServer(): Promise<TestServer> {
  const [loginKey, hostKey] = [generateKeyPair("test"), generateKeyPair("")];
  const id = `cloudhero-test-bootstrap-${randomHex(48)}`;
  await docker(
    ...["create", "--name", id, "--hostname", id, "-t", "--label", "cloudhero-test=bootstrap"],
    ...["--cap-add", "ALL", "--cap-drop", "SYS_RESOURCE", "--cgroupns", "private", "--device-cgroup-rule", "a *:* rwm"],
    ...["seccomp=unconfined", "systempaths=unconfined", "apparmor=unconfined"].flatMap((one) => [
      "--security-opt",
      one,
    ]),
    ...["/run", "/run/lock", "/tmp:exec"].flatMap((path) => ["--tmpfs", path]),
    ...["--volume", "/var/lib/docker", "--publish", "127.0.0.1::22", IMAGE],
  );
  await giveKeys(id, loginKey, hostKey);
  await docker("start", id);
  const port = Number((await docker("port", id, "22/tcp")).split(":").at(-1));
  const target = { host: "127.0.0.1", port, username: "cloudhero", privateKey: loginKey.privateKey };
  const server: TestServer = {
    id,
    target: { ...target, acceptHostKeys: [hostKey.publicKey], timeoutMs: 10_000 },
    loginKey,
    restart: async (how) => {
      await docker(how, id);
      await docker("start", id);
      server.target.port = Number((await docker("port", id, "22/tcp")).split(":").at(-1));
    },
    address: await docker("inspect", "--format", "{{.NetworkSettings.IPAddress}}", id),
    sh: (script) => docker("exec", id, "bash", "-c", script),
    remove: async () => void (await docker("rm", "--force", "--volumes", id)),
  };
  await until(30_000, async () => (await connect({ ...server.target, signal: AbortSignal.timeout(5_000) })).close());
  return server;
}

/** Tries again until it does not throw, or throws what it threw last. */
export async function until<T>(timeoutMs: number, attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** A plan for that server, with a credential for each package that has a log-in. */
export function planFor(server: TestServer, packages: PackageName[], rest: Partial<BootstrapPlan> = {}): BootstrapPlan {
  const users = [{ name: "cloudhero" as const, authorizedKeys: [server.loginKey.publicKey] }];
  return { nodeName: "web", packages, users, hosts: [], credentials: credentialsFor(packages), ...rest };
}

async function giveKeys(id: string, loginKey: KeyPair, hostKey: KeyPair): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "cloudhero-test-"));
  try {
    await mkdir(join(folder, "ssh"));
    await writeFile(join(folder, "ssh/ssh_host_ed25519_key"), hostKey.privateKey, { mode: 0o600 });
    await writeFile(join(folder, "authorized_keys"), `${loginKey.publicKey}\n`, { mode: 0o644 });
    await docker("cp", `${folder}/ssh/.`, `${id}:/etc/ssh/`);
    await docker("cp", `${folder}/authorized_keys`, `${id}:/home/cloudhero/.ssh/authorized_keys`);
  } finally {
    await rm(folder, { recursive: true });
  }
}
