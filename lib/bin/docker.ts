import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "#lib/config.ts";
import { AppError, messageOf } from "#lib/errors.ts";
import { log } from "#lib/log.ts";

/** What the endpoint's process says, once: the port that it took, or why it could not. */
export type EndpointMessage = { port: number } | { refused: string };

const root = join(import.meta.dirname, "../..");
const startMs = 30_000;
const stopMs = 5_000;
const pauseMs = { first: 100, most: 5_000 };

/** What passes through is garbage at once: a young generation of 1 MiB, and one heap of malloc's, let go of it soonest. */
const flags = ["--max-semi-space-size=1"];
const thrift = { MALLOC_ARENA_MAX: "1" };

export type Endpoint = { child: ChildProcess; port: number };

/**
 * Listens for Docker clients where the configuration says so, in a process of its own that is begun again whenever it
 * ends; the rest of this process reads the port that was taken. Throws AppError where it cannot begin.
 */
export async function startDocker({ dockerPort }: Config): Promise<{ stop(): Promise<void> }> {
  if (dockerPort === null) return { stop: async () => {} };
  let endpoint = await forkEndpoint(dockerPort);
  process.env.CLOUDHERO_DOCKER_PORT = String(endpoint.port);
  const leaving = new AbortController();
  const keeping = keep(endpoint, leaving.signal, (next) => {
    endpoint = next;
  });
  return {
    async stop() {
      leaving.abort();
      await keeping;
      await end(endpoint.child);
    },
  };
}

/** Begins the process again on its port whenever it has ended, at growing pauses while that fails; until `leaving`. */
async function keep(first: Endpoint, leaving: AbortSignal, replace: (next: Endpoint) => void): Promise<void> {
  let { child } = first;
  let pause = pauseMs.first;
  while (await lasts(child, pause, leaving)) {
    try {
      const next = await forkEndpoint(first.port);
      child = next.child;
      pause = pauseMs.first;
      replace(next);
    } catch (error) {
      pause = Math.min(2 * pause, pauseMs.most);
      log.error({ err: error }, `the Docker endpoint does not begin again: ${messageOf(error)}`);
    }
  }
}

/** Waits for the process's end and some time more; answers whether another is wanted. */
async function lasts(child: ChildProcess, pause: number, leaving: AbortSignal): Promise<boolean> {
  try {
    if (isAlive(child)) {
      await once(child, "exit", { signal: leaving });
      log.error({ code: child.exitCode, signal: child.signalCode }, "the Docker endpoint's process has ended");
    }
    await sleep(pause, undefined, { signal: leaving });
    return true;
  } catch {
    return false;
  }
}

/** Begins the endpoint's process on `port` (0: any that is free), from `file` where there is one. Throws AppError. */
export async function forkEndpoint(port: number, file = bundled()): Promise<Endpoint> {
  const env = { ...process.env, ...thrift, CLOUDHERO_DOCKER_PORT: String(port) };
  const child = fork(file ?? join(import.meta.dirname, "docker-endpoint.ts"), { env, execArgv: flags, cwd: root });
  const said = await firstWord(child);
  if ("port" in said) return { child, port: said.port };
  await end(child);
  throw new AppError("conflict", said.refused);
}

async function firstWord(child: ChildProcess): Promise<EndpointMessage> {
  const heard = new AbortController();
  const signal = AbortSignal.any([heard.signal, AbortSignal.timeout(startMs)]);
  try {
    return await Promise.race([
      once(child, "message", { signal }).then(([message]) => message as EndpointMessage),
      once(child, "exit", { signal }).then(([code]) => ({ refused: `The Docker endpoint's process ended (${code}).` })),
    ]);
  } catch (error) {
    return { refused: `The Docker endpoint does not begin: ${messageOf(error)}.` };
  } finally {
    heard.abort();
  }
}

/** The one file that `npm start` builds; null in development, where the sources are run. */
function bundled(): string | null {
  const file = resolve(root, process.env.CLOUDHERO_BUILD_FOLDER ?? "", "docker-endpoint.mjs");
  return existsSync(file) ? file : null;
}

const isAlive = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;

async function end(child: ChildProcess): Promise<void> {
  if (!isAlive(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), stopMs);
  await ended;
  clearTimeout(late);
}
