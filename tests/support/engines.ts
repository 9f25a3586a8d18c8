import { execFile, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Authority } from "#lib/cluster/certificates.ts";
import { issueServer } from "#lib/cluster/certificates.ts";

const run = promisify(execFile);

export type TestEngine = {
  name: string;
  address: string;
  /** The docker command on this engine's own socket. */
  docker(...words: string[]): Promise<string>;
  /** The ip command in its network namespace. */
  ip(...words: string[]): void;
  /** Takes the engine off its network, and puts it back. */
  cut(): void;
  mend(): void;
  /** Stops the engine in the middle of whatever it does, and lets it go on. */
  freeze(): void;
  thaw(): void;
  /** As a crash does, containers and all; `start` brings the engine back. */
  kill(): Promise<void>;
  start(): Promise<void>;
};

export type Engines = { engines: TestEngine[]; stop(): Promise<void> };

const ip = (...words: string[]) => execFileSync("ip", words, { stdio: "pipe", timeout: 10_000 });

/**
 * Docker engines, each in a network namespace of its own with an address, TLS on port 4000, and busybox: several hosts on one machine.
 * `subnet` is the first three numbers of their addresses; `names[i]` has the address `subnet.(11+i)`, this machine the first two.
 */
export async function startEngines(
  subnet: string,
  names: string[],
  authority: Authority,
  dnsOf: (name: string) => string,
): Promise<Engines> {
  const mark = subnet.split(".").slice(1).join("x");
  const folder = mkdtempSync(join(tmpdir(), "engines-"));
  const hub = `ch${mark}`;
  const undo: (() => void)[] = [];
  await sweep(hub, `h${mark}`);
  ip("netns", "add", hub);
  undo.push(() => ip("netns", "del", hub));
  ip("-n", hub, "link", "add", "br0", "type", "bridge");
  ip("-n", hub, "link", "set", "br0", "up");
  ip("link", "add", `h${mark}`, "type", "veth", "peer", "name", "host", "netns", hub);
  ip("-n", hub, "link", "set", "host", "master", "br0", "up");
  for (const host of [1, 2]) ip("addr", "add", `${subnet}.${host}/24`, "dev", `h${mark}`);
  ip("link", "set", `h${mark}`, "up");
  const engines: TestEngine[] = [];
  for (const [index, name] of names.entries()) {
    const place = {
      name,
      hub,

      folder: join(folder, name),
      address: `${subnet}.${11 + index}`,
      gateway: `${subnet}.1`,
    };
    engines.push(await addEngine(place, authority, dnsOf(name), undo));
  }
  await Promise.all(engines.map((engine) => engine.start()));
  const saved = join(folder, "busybox.tar");
  await run("docker", ["save", "-o", saved, "busybox"]);
  await Promise.all(engines.map((engine) => engine.docker("load", "-q", "-i", saved)));
  return {
    engines,
    async stop() {
      await Promise.all(engines.map((engine) => engine.kill()));
      for (const step of undo.toReversed()) step();
      unmount(folder);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** What a run that was killed has left: namespaces of these names, and the processes in them. */
async function sweep(hub: string, link: string): Promise<void> {
  const spaces = ip("netns", "list")
    .toString()
    .split("\n")
    .map((line) => line.split(" ")[0]!); // prettier-ignore
  for (const space of spaces.filter((name) => name === hub || name.startsWith(`${hub}-`))) {
    const pids = ip("netns", "pids", space).toString().split("\n").filter(Boolean); // prettier-ignore
    for (const pid of pids) process.kill(Number(pid), "SIGKILL");
    ip("netns", "del", space);
  }
  const left = () => existsSync(`/sys/class/net/${link}`);
  for (let tries = 0; left() && tries < 50; tries += 1) await sleep(100);
  if (left()) ip("link", "del", link);
}

/** What killed engines have left mounted. */
function unmount(folder: string): void {
  const mounts = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? ""); // prettier-ignore
  for (const mount of mounts.filter((path) => path.startsWith(folder)).toReversed())
    execFileSync("umount", ["-l", mount]);
}

type Place = { name: string; hub: string; folder: string; address: string; gateway: string };

async function addEngine(
  { name, hub, folder, address, gateway }: Place,
  authority: Authority,
  dns: string,
  undo: (() => void)[],
): Promise<TestEngine> {
  const space = `${hub}-${name}`;
  mkdirSync(folder, { recursive: true });
  ip("netns", "add", space);
  undo.push(() => ip("netns", "del", space));
  ip("-n", space, "link", "add", "eth0", "type", "veth", "peer", "name", name, "netns", hub);
  ip("-n", hub, "link", "set", name, "master", "br0", "up");
  ip("-n", space, "addr", "add", `${address}/24`, "dev", "eth0");
  ip("-n", space, "link", "set", "eth0", "up");
  ip("-n", space, "link", "set", "lo", "up");
  ip("-n", space, "route", "add", "default", "via", gateway);
  const { certificate, privateKey } = await issueServer(authority, { dns: [dns], ip: [address] }, 2);
  const file = (path: string, text: string) => writeFileSync(join(folder, path), text);
  file("ca.pem", authority.certificate);
  file("cert.pem", certificate);
  file("key.pem", privateKey);
  const socket = `unix://${folder}/docker.sock`;
  const docker = async (...words: string[]) =>
    (await run("docker", ["-H", socket, ...words], { timeout: 60_000, maxBuffer: 64e6 })).stdout.trim();
  let child: ReturnType<typeof spawn> | undefined;
  return {
    name,
    address,
    docker,
    ip: (...words) => void ip("-n", space, ...words),
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
    cut: () => void ip("-n", hub, "link", "set", name, "down"),
    mend: () => void ip("-n", hub, "link", "set", name, "up"),
    async start() {
      const words = [
        "--data-root",
        join(folder, "data"),
        "--exec-root",
        join(folder, "exec"),
        "--pidfile",
        join(folder, "pid"),
        "-H",
        socket,
        "-H",
        `tcp://${address}:4000`,
        "--tlsverify",
        "--tlscacert",
        join(folder, "ca.pem"),
        "--tlscert",
        join(folder, "cert.pem"),
        "--tlskey",
        join(folder, "key.pem"),
        "--insecure-registry",
        "10.0.0.0/8",
      ]; // prettier-ignore
      const log = openSync(join(folder, "log"), "a");
      const inside = [
        `--net=/run/netns/${space}`,
        "unshare",
        "--uts",
        "sh",
        "-c",
        `hostname ${name}; exec dockerd "$@"`,
        "sh",
        ...words,
      ];
      child = spawn("nsenter", inside, { stdio: ["ignore", log, log] });
      await answering(docker);
    },
    async kill() {
      const ended = child && new Promise((resolve) => child!.once("exit", resolve));
      // Containers outlive their shims, whose children they are.
      const shims = await pidsOf("-f", `${folder}/exec`);
      const containers = shims.length > 0 ? await pidsOf("-P", shims.join(",")) : [];
      child?.kill("SIGKILL");
      for (const pid of new Set([...shims, ...containers])) end(pid);
      await ended;
      child = undefined;
      await sleep(300);
    },
  };
}

/** The processes that `pgrep` finds. */
const pidsOf = (...words: string[]): Promise<string[]> =>
  run("pgrep", words).then(
    ({ stdout }) => stdout.trim().split("\n"),
    () => [],
  );

/** Ends a process at once; one that has gone meanwhile is well. */
function end(pid: string): void {
  try {
    process.kill(Number(pid), "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function answering(docker: TestEngine["docker"]): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await docker("version", "--format", "{{.Server.Version}}");
      return;
    } catch (error) {
      if (tries === 60) throw error;
      await sleep(250);
    }
  }
}
