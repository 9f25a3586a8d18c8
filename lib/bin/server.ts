import { setTimeout as sleep } from "node:timers/promises";
import { loadConfig } from "#lib/config.ts";
import { closeDatabase } from "#lib/db/client.ts";
import { messageOf } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { openStore } from "./database.ts";
import { fail } from "./fail.ts";
import { requireFreePorts } from "./listen.ts";

const SHUTDOWN_MS = 10_000;

type Part = { stop(): Promise<void> };

/** What runs, in the order it was started. */
const parts: Part[] = [];
let leaving = false;

process.on("SIGTERM", leave);
process.on("SIGINT", leave);
process.on("SIGHUP", leave);
// The channel of `npm start`: without it nobody is left to stop us.
process.on("disconnect", leave);

// A library's stray promise (postgres.js has one on a connection that breaks while it opens) must not end the process.
process.on("unhandledRejection", (error) => log.error({ err: error }, messageOf(error)));

const serving = serve();
try {
  await serving;
} catch (error) {
  if (!leaving) {
    await Promise.race([stopParts(), sleep(SHUTDOWN_MS)]);
    fail(error);
  }
}

async function serve(): Promise<void> {
  const config = loadConfig(process.env);
  const served = config.role !== "worker";
  if (served) await requireFreePorts(config);
  // Begun now and awaited last: it takes as long as the database, on another core.
  const web = served ? import("./web.ts").then(({ prepareWeb }) => prepareWeb(config)) : undefined;
  web?.catch(() => {});
  await keep(() => openStore(config));
  parts.push({ stop: closeDatabase });
  if (config.role !== "web") await keep(async () => (await import("./worker.ts")).startWorker());
  const listen = await web;
  if (served) await keep(async () => (await import("./docker.ts")).startDocker(config));
  const listening = listen && (await keep(listen));
  console.log(listening ? greeting(config.publicUrl ?? listening.url) : "CloudHero's worker is ready.");
}

/** Starts a part, unless we are leaving; what comes up is stopped in `stopParts`. */
async function keep<P extends Part>(start: () => Promise<P>): Promise<P> {
  if (leaving) throw new Error("The server was stopped while it started.");
  const part = await start();
  parts.push(part);
  return part;
}

/** Stops everything, newest first, within 10 s, and exits. Once: Ctrl-C arrives twice, from the terminal and from npm. */
async function leave(): Promise<void> {
  if (leaving) return;
  leaving = true;
  const late = setTimeout(() => {
    log.error("the shutdown took too long; leaving anyway");
    process.exit(1);
  }, SHUTDOWN_MS);
  await serving.catch(() => {});
  await stopParts();
  clearTimeout(late);
  process.exit(0);
}

async function stopParts(): Promise<void> {
  for (let part = parts.pop(); part; part = parts.pop())
    await part.stop().catch((error) => log.error({ err: error }, messageOf(error)));
}

function greeting(url: string): string {
  return [
    `CloudHero is ready at ${url}`,
    "  In a browser: open it, sign up, and create an environment.",
    `  From a script: the API is at the same address, described at ${url}/openapi.json.`,
  ].join("\n");
}
