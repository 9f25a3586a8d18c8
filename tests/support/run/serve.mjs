// Serves the production build as `npm start` does, on a data folder that is removed at the end.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";

const words = process.argv.slice(2);
const dataDir = words[words.indexOf("--data-dir") + 1];
const server = spawn(process.execPath, ["lib/bin/start.mjs", ...words], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
server.once("exit", (code) => {
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(code ?? 1);
});
