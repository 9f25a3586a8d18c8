import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { buildFolder, built } from "#lib/bin/build.mjs";
import { freePort } from "./free-port.ts";

const folder = buildFolder(process.cwd());

/** Whether the present sources are built; `npm test` builds them before anything runs. */
export const productBuilt = built(process.cwd(), folder);

export type ServerProcess = {
  child: ChildProcess;
  url: string;
  /** All that it said so far. */
  said(): { stdout: string; stderr: string };
  /** Waits for its end; answers its exit code, null after a signal. */
  ended(): Promise<number | null>;
};

/** The product's own server process, on a free port; what a test says in `variables` wins. */
export async function spawnServer(variables: Record<string, string>): Promise<ServerProcess> {
  const port = variables.PORT ?? String(await freePort());
  const child = spawn(process.execPath, ["lib/bin/server.ts"], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      CLOUDHERO_BUILD_FOLDER: folder,
      CLOUDHERO_DIAL_ALLOW: "127.0.0.0/8",
      PORT: port,
      CLOUDHERO_DOCKER_PORT: "0",
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout!.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr!.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = Promise.all([once(child, "exit"), finished(child.stderr!)]).then(([[code]]) => code as number | null);
  return { child, url: `http://127.0.0.1:${port}`, said: () => ({ stdout, stderr }), ended: () => ended };
}

/** Waits until it says that it is ready. Throws with all it said, when it ends instead or takes over 60 s. */
export async function untilReady(server: ServerProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!server.said().stdout.includes("is ready at")) {
    const over = server.child.exitCode !== null || server.child.signalCode !== null || Date.now() > deadline;
    if (over) throw new Error(`The server is not ready: ${JSON.stringify(server.said())}`);
    await sleep(25);
  }
}
