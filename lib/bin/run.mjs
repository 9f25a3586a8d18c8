#!/usr/bin/env node
// Runs a TypeScript file of the product on the product's own Node: plain JavaScript without dependencies, because it may
// run before anything is installed.
import { spawn } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { prepare } from "./prepare.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

try {
  const { node } = await prepare(root, false);
  const command = spawn(node, process.argv.slice(2), {
    cwd: root,
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(root, "node_modules/.cache/node"),
      // Where the person stands, for the files they name; npm says it where it runs us.
      INIT_CWD: process.env.INIT_CWD ?? process.cwd(),
    },
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => command.kill(signal));
  command.once("error", fail);
  command.once("exit", (code) => process.exit(code ?? 1));
} catch (error) {
  fail(error);
}

function fail(error) {
  console.error(error.message);
  process.exit(1);
}
