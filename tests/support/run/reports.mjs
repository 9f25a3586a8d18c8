import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** @typedef {{ passed: number, failed: number, skipped: number, leftOut: string[], failures: string[] }} Counts */

/** A tool without tests of its own counts as one. @returns {Counts} */
export const countTool = (name, code) => ({
  passed: code === 0 ? 1 : 0,
  failed: code === 0 ? 0 : 1,
  skipped: 0,
  leftOut: [],
  failures: code === 0 ? [] : [name],
});

/** What Vitest's JSON says; a file that could not run, and an exit code that no test explains, count as a failure. @returns {Counts} */
export function countVitest(file, code) {
  const report = read(file);
  if (!report) return countTool("Vitest, without a report", code || 1);
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, fullName, failureMessages }) => ({
      status,
      name: fullName,
      said: failureMessages?.[0],
      docker: name.endsWith(".docker.test.ts"),
    })),
  );
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && noneFailed(assertionResults),
  );
  const skipped = tests.filter(({ status }) => !["passed", "failed"].includes(status));
  const failures = [
    ...tests.filter(({ status }) => status === "failed").map(({ name, said }) => because(name, said)),
    ...broken.map(({ name, message }) => because(`${basename(name)} could not run`, message)),
  ];
  const counts = {
    passed: tests.filter(({ status }) => status === "passed").length,
    failed: failures.length,
    skipped: skipped.length,
    leftOut: reasons(
      skipped,
      tests.some(({ docker, status }) => docker && status === "passed"),
    ),
    failures,
  };
  return explained("Vitest, though no test failed", counts, code);
}

/** What Playwright's JSON says; a flaky test passed. @returns {Counts} */
export function countPlaywright(file, code) {
  const report = read(file);
  if (!report) return countTool("Playwright, without a report", code || 1);
  const { expected, unexpected, flaky, skipped } = report.stats;
  const leftOut = skipped > 0 ? [`${skipped} browser tests that skipped themselves`] : [];
  const counts = {
    passed: expected + flaky,
    failed: unexpected,
    skipped,
    leftOut,
    failures: specs(report.suites)
      .filter(({ ok }) => !ok)
      .map(({ file, title, tests }) => because(`${file}: ${title}`, tests[0]?.results.at(-1)?.error?.message)),
  };
  return explained("Playwright, though no test failed", counts, code);
}

/** @param {Counts[]} all @returns {Counts} */
export const total = (all) => ({
  passed: all.reduce((sum, { passed }) => sum + passed, 0),
  failed: all.reduce((sum, { failed }) => sum + failed, 0),
  skipped: all.reduce((sum, { skipped }) => sum + skipped, 0),
  leftOut: all.flatMap(({ leftOut }) => leftOut),
  failures: all.flatMap(({ failures }) => failures),
});

/** The end of a long log is often all that is kept of it: what failed stands there with the reason. */
function because(name, said) {
  const lines = stripVTControlCharacters(said ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "");
  return [name, ...lines.slice(0, 12).map((line) => `  ${line.slice(0, 1000)}`)].join("\n");
}

const noneFailed = (tests) => tests.every(({ status }) => status !== "failed");

/** Suites stand in suites. */
const specs = (suites) => suites.flatMap((suite) => [...(suite.specs ?? []), ...specs(suite.suites ?? [])]);

const explained = (name, counts, code) =>
  code !== 0 && counts.failed === 0 ? { ...counts, failed: 1, failures: [name] } : counts;

function reasons(skipped, hasEngine) {
  const wantsEngine = (test) => test.docker && !hasEngine;
  const docker = skipped.filter(wantsEngine).length;
  const others = skipped.filter((test) => !wantsEngine(test)).map(({ name }) => name);
  return [
    ...(docker > 0 ? [`${docker} tests that need a Docker engine (none answers here)`] : []),
    ...(others.length > 0 ? [`${others.length} tests that skipped themselves (${others.join("; ")})`] : []),
  ];
}

function read(file) {
  if (!existsSync(file)) return null;
  return JSON.parse(readFileSync(file, "utf8"));
}
