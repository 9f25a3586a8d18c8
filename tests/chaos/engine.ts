import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export type Engine = {
  host: string;
  kill(): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  docker(...args: string[]): string;
};

/** A Docker engine of our own, with its data and socket in `folder`; to be run in a network namespace of its own. */
export async function startEngine(folder: string): Promise<Engine> {
  const host = `unix://${join(folder, "docker.sock")}`;
  let daemon: ChildProcess | undefined;
  const docker = (...args: string[]) => {
    const done = spawnSync("docker", ["-H", host, ...args], { encoding: "utf8", timeout: 60_000 });
    if (done.status !== 0) throw new Error(`docker ${args.join(" ")}: ${done.stderr}`);
    return done.stdout.trim();
  };
  async function start(): Promise<void> {
    const output = openSync(join(folder, "dockerd.log"), "a");
    const places = [
      "--data-root",
      join(folder, "data"),
      "--exec-root",
      join(folder, "exec"),
      "--pidfile",
      join(folder, "pid"),
    ];
    daemon = spawn("dockerd", ["-H", host, ...places], { stdio: ["ignore", output, output] });
    for (let tries = 0; tries < 120; tries += 1) {
      if (spawnSync("docker", ["-H", host, "version"], { stdio: "ignore", timeout: 5_000 }).status === 0) return;
      await sleep(500);
    }
    throw new Error(`the engine did not start: see ${folder}/dockerd.log`);
  }
  await start();
  return {
    host,
    docker,
    start,
    kill: () => void daemon?.kill("SIGKILL"),
    async stop() {
      const ended = new Promise((resolve) => daemon?.once("exit", resolve));
      daemon?.kill("SIGTERM");
      await Promise.race([ended, sleep(30_000, undefined, { ref: false })]);
    },
  };
}

/** Copies the machine's own engine's images of these names into another, so that nothing is built or pulled twice. */
export function copyImages(engine: Engine, names: string[]): void {
  const listed = names.flatMap((name) => {
    const found = spawnSync("docker", ["images", "--format", "{{.Repository}}:{{.Tag}}", name], { encoding: "utf8" });
    return found.stdout.split("\n").filter(Boolean);
  });
  if (listed.length === 0) return;
  const copied = spawnSync("sh", ["-c", `docker save ${listed.join(" ")} | docker -H ${engine.host} load`], {
    timeout: 300_000,
  });
  if (copied.status !== 0) throw new Error(`images were not copied: ${copied.stderr}`);
}
