import { type ChildProcess, spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { prepare } from "#lib/bin/prepare.mjs";

const root = join(import.meta.dirname, "../..");

export type Server = {
  url: string;
  starts: number;
  /** Starts it, and waits until it and its worker answer. */
  start(): Promise<void>;
  kill(): void;
  stop(): Promise<void>;
  /** The embedded Postgres's own process. */
  postmaster(): number;
};

/** The product's server, as `npm start` runs it, with its data in `folder`. */
export async function makeServer(folder: string, port: number, variables: Record<string, string>): Promise<Server> {
  const { node, folder: build } = await prepare(root, true);
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    PORT: String(port),
    CLOUDHERO_DOCKER_PORT: "0",
    CLOUDHERO_DATA_DIR: folder,
    CLOUDHERO_BUILD_FOLDER: build,
    NODE_ENV: "production",
  };
  let child: ChildProcess;
  const server: Server = {
    url,
    starts: 0,
    async start() {
      server.starts += 1;
      const output = openSync(`${folder}.log`, "a");
      child = spawn(node, ["lib/bin/server.ts"], {
        cwd: root,
        env: { ...process.env, ...settings, ...variables } as NodeJS.ProcessEnv,
        stdio: ["ignore", output, output],
      });
      for (let tries = 0; tries < 600; tries += 1) {
        const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
        if (answer?.ok) return;
        if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: see ${folder}.log`);
        await sleep(100);
      }
      throw new Error(`the server did not get ready: see ${folder}.log`);
    },
    kill: () => void child.kill("SIGKILL"),
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await Promise.race([ended, sleep(15_000, undefined, { ref: false })]);
    },
    postmaster: () => Number(readFileSync(join(folder, "postgres/postmaster.pid"), "utf8").split("\n")[0]),
  };
  return server;
}
