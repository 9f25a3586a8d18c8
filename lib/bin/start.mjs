#!/usr/bin/env node
// `npm start`: plain JavaScript without dependencies, because it runs before anything is installed, on Node 20.
import { spawn } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readFlags } from "./flags.mjs";
import { nodeFlags, prepare } from "./prepare.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Runs the server with our terminal, passes signals on, and ends as it ends. The channel tells it when we die. */
function serve(node, environment) {
  const server = spawn(node, [...nodeFlags, "lib/bin/server.ts"], {
    cwd: root,
    env: {
      ...process.env,
      NEXT_TELEMETRY_DISABLED: "1",
      NODE_COMPILE_CACHE: join(root, "node_modules/.cache/node"),
      ...environment,
    },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => server.kill(signal));
  whenNpmIsGone(() => server.kill("SIGTERM"));
  server.once("error", fail);
  server.once("exit", (code, signal) => {
    if (signal) console.error(`The server was ended by ${signal}.`);
    process.exit(code ?? 1);
  });
}

/** npm's shell dies of a signal and passes none on: nobody would be left to stop the server, so its parent is watched. */
function whenNpmIsGone(leave) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    leave();
  }, 250);
}

function fail(error) {
  console.error(error.message);
  process.exit(1);
}

try {
  const { dev, variables } = readFlags(process.argv.slice(2));
  const { node, folder } = await prepare(root, !dev);
  serve(node, {
    ...variables,
    ...(dev
      ? { NODE_ENV: "development", CLOUDHERO_BUILD_FOLDER: ".next-dev" }
      : { NODE_ENV: "production", CLOUDHERO_BUILD_FOLDER: folder }),
  });
} catch (error) {
  fail(error);
}
