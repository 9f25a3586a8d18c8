// Serves the production build as `npm start` does, on a data folder of its own that is removed at the end.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const dataDir = mkdtempSync(join(tmpdir(), "cloudhero-e2e-"));
const words = ["lib/bin/start.mjs", ...process.argv.slice(2), "--data-dir", dataDir];
const server = spawn(process.execPath, words, { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
server.once("exit", (code) => {
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(code ?? 1);
});
