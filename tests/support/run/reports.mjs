import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";

/** @typedef {{ passed: number, failed: number, skipped: number, leftOut: string[] }} Counts */

/** A tool without tests of its own counts as one. @returns {Counts} */
export const countTool = (code) => ({
  passed: code === 0 ? 1 : 0,
  failed: code === 0 ? 0 : 1,
  skipped: 0,
  leftOut: [],
});

/** What Vitest's JSON says; a file that could not run, and an exit code that no test explains, count as a failure. @returns {Counts} */
export function countVitest(file, code) {
  const report = read(file);
  if (!report) return countTool(code || 1);
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, fullName }) => ({
      status,
      name: fullName,
      docker: name.endsWith(".docker.test.ts"),
    })),
  );
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && noneFailed(assertionResults),
  );
  const skipped = tests.filter(({ status }) => !["passed", "failed"].includes(status));
  const counts = {
    passed: tests.filter(({ status }) => status === "passed").length,
    failed: tests.filter(({ status }) => status === "failed").length + broken.length,
    skipped: skipped.length,
    leftOut: reasons(skipped),
  };
  for (const { name } of broken) console.log(`${basename(name)} could not run`);
  return explained(counts, code);
}

/** What Playwright's JSON says; a flaky test passed. @returns {Counts} */
export function countPlaywright(file, code) {
  const report = read(file);
  if (!report) return countTool(code || 1);
  const { expected, unexpected, flaky, skipped } = report.stats;
  const leftOut = skipped > 0 ? [`${skipped} browser tests that skipped themselves`] : [];
  return explained({ passed: expected + flaky, failed: unexpected, skipped, leftOut }, code);
}

/** @param {Counts[]} all @returns {Counts} */
export const total = (all) => ({
  passed: all.reduce((sum, { passed }) => sum + passed, 0),
  failed: all.reduce((sum, { failed }) => sum + failed, 0),
  skipped: all.reduce((sum, { skipped }) => sum + skipped, 0),
  leftOut: all.flatMap(({ leftOut }) => leftOut),
});

const noneFailed = (tests) => tests.every(({ status }) => status !== "failed");

const explained = (counts, code) => (code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts);

function reasons(skipped) {
  const docker = skipped.filter((test) => test.docker).length;
  const others = skipped.filter((test) => !test.docker).map(({ name }) => name);
  return [
    ...(docker > 0 ? [`${docker} tests that need a Docker engine (none answers here)`] : []),
    ...(others.length > 0 ? [`${others.length} tests that skipped themselves (${others.join("; ")})`] : []),
  ];
}

function read(file) {
  if (!existsSync(file)) return null;
  return JSON.parse(readFileSync(file, "utf8"));
}
