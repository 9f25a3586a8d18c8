#!/usr/bin/env node
// `npm test`: plain JavaScript without dependencies, because it installs them.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "#lib/bin/install.mjs";
import { prepare } from "#lib/bin/prepare.mjs";
import { countPlaywright, countTool, countVitest, total } from "./support/run/reports.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const reports = mkdtempSync(join(tmpdir(), "cloudhero-reports-"));
const vitestReport = join(reports, "vitest.json");
const playwrightReport = join(reports, "playwright.json");

const steps = [
  { name: "types", words: ["typescript/bin/tsc", "--noEmit", "-p", "."], count: (code) => countTool("types", code) },
  {
    name: "lint",
    words: ["@biomejs/biome/bin/biome", "ci", "--diagnostic-level=error"],
    count: (code) => countTool("lint", code),
  },
  {
    name: "unit and integration",
    words: ["vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`],
    count: (code) => countVitest(vitestReport, code),
  },
  {
    name: "browser",
    words: ["@playwright/test/cli.js", "test", "--pass-with-no-tests", "--reporter=list,json"],
    count: (code) => countPlaywright(playwrightReport, code),
  },
];

try {
  const { node } = await prepare(root, true);
  const counts = [];
  for (const { name, words, count } of steps) {
    console.log(`\n── ${name}`);
    const [script, ...rest] = words;
    const code = await run(node, [join(root, "node_modules", script), ...rest], { cwd: root, env: environment(node) });
    counts.push(count(code));
  }
  finish(total(counts));
} catch (error) {
  console.error(error.message);
  finish({ passed: 0, failed: 1, skipped: 0, leftOut: [], failures: ["the preparation"] });
}

/** The product's Node first on the path, so that whatever a test spawns runs on it too. */
function environment(node) {
  return {
    ...process.env,
    PATH: `${dirname(node)}:${process.env.PATH}`,
    NEXT_TELEMETRY_DISABLED: "1",
    PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
  };
}

function finish({ passed, failed, skipped, leftOut, failures }) {
  rmSync(reports, { recursive: true, force: true });
  console.log(leftOut.length > 0 ? `\nLeft out: ${leftOut.join("; ")}.` : "\nNothing was left out.");
  for (const name of failures) console.log(`Failed: ${name}`);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
}
