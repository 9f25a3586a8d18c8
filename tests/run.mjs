#!/usr/bin/env node
// `npm test`, and with --all the longer proofs after it. Plain JavaScript without dependencies, because it installs them.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "#lib/bin/install.mjs";
import { prepare } from "#lib/bin/prepare.mjs";
import { countPlaywright, countTool, countVitest, total } from "./support/run/reports.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const reports = mkdtempSync(join(tmpdir(), "cloudhero-reports-"));
const all = process.argv.includes("--all");

/** What runs the tests' files: all but the proofs, or these alone. */
const runners = (proofs, prefix) => {
  const vitestReport = join(reports, `vitest-${proofs}.json`);
  const playwrightReport = join(reports, `playwright-${proofs}.json`);
  return [
    {
      name: `${prefix}unit and integration`,
      words: ["vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`],
      env: { CLOUDHERO_PROOFS: proofs },
      count: (code) => countVitest(vitestReport, code),
    },
    {
      name: `${prefix}browser`,
      words: ["@playwright/test/cli.js", "test", "--pass-with-no-tests", "--reporter=list,json"],
      env: { CLOUDHERO_PROOFS: proofs, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
      count: (code) => countPlaywright(playwrightReport, code),
    },
  ];
};

const steps = [
  { name: "types", words: ["typescript/bin/tsc", "--noEmit", "-p", "."], count: (code) => countTool("types", code) },
  {
    name: "lint",
    words: ["@biomejs/biome/bin/biome", "ci", "--diagnostic-level=error"],
    count: (code) => countTool("lint", code),
  },
  ...runners("without", ""),
  ...(all ? runners("only", "proofs: ") : []),
];

const proofsLeftOut = {
  passed: 0,
  failed: 0,
  skipped: 0,
  leftOut: ["the longer proofs (npm test -- --all)"],
  failures: [],
};

try {
  const { node } = await prepare(root, true);
  const counts = [];
  const times = [];
  for (const { name, words, env = {}, count } of steps) {
    console.log(`\n── ${name}`);
    const begun = Date.now();
    const [script, ...rest] = words;
    const around = { cwd: root, env: { ...environment(node), ...env } };
    const code = await run(node, [join(root, "node_modules", script), ...rest], around);
    counts.push(count(code));
    times.push(`${name} ${Math.round((Date.now() - begun) / 1000)} s`);
  }
  console.log(`\nTook: ${times.join(", ")}.`);
  finish(total(all ? counts : [...counts, proofsLeftOut]));
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
  };
}

function finish({ passed, failed, skipped, leftOut, failures }) {
  rmSync(reports, { recursive: true, force: true });
  console.log(leftOut.length > 0 ? `\nLeft out: ${leftOut.join("; ")}.` : "\nNothing was left out.");
  for (const name of failures) console.log(`Failed: ${name}`);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
}
