import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { countPlaywright, countTool, countVitest, total } from "../support/run/reports.mjs";

const folder = await mkdtemp(join(tmpdir(), "cloudhero-reports-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function report(content: object): Promise<string> {
  const file = join(folder, `${Math.random()}.json`);
  await writeFile(file, JSON.stringify(content));
  return file;
}

const vitest = {
  testResults: [
    {
      name: "/a.test.ts",
      status: "failed",
      assertionResults: [
        { status: "passed", fullName: "a holds" },
        { status: "failed", fullName: "a breaks", failureMessages: ["Error: no\n\n    at a.test.ts"] },
        { status: "skipped", fullName: "a waits" },
      ],
    },
    { name: "/b.test.ts", status: "failed", assertionResults: [] },
  ],
};
const playwright = {
  stats: { expected: 1, unexpected: 1, flaky: 0, skipped: 0 },
  suites: [{ specs: [{ ok: true, file: "c.spec.ts", title: "c holds" }], suites: [{ specs: [broken()] }] }],
};

function broken() {
  const results = [{ error: { message: "\u001b[31mnever\u001b[39m" } }];
  return { ok: false, file: "c.spec.ts", title: "c breaks", tests: [{ results }] };
}

test("the closing count names whatever failed, of each tool, and why", async () => {
  const counts = total([
    countTool("types", 0),
    countTool("lint", 1),
    countVitest(await report(vitest), 1),
    countPlaywright(await report(playwright), 1),
  ]);
  expect(counts).toEqual({
    passed: 3,
    failed: 4,
    skipped: 1,
    leftOut: ["1 tests that skipped themselves (a waits)"],
    failures: [
      "lint",
      "a breaks\n  Error: no\n      at a.test.ts",
      "b.test.ts could not run",
      "c.spec.ts: c breaks\n  never",
    ],
  });
});

test("a tool that failed without a word is a failure too", async () => {
  const silent = await report({ testResults: [] });
  expect(countVitest(silent, 1)).toMatchObject({ failed: 1, failures: ["Vitest, though no test failed"] });
  expect(countPlaywright(join(folder, "missing.json"), 0)).toMatchObject({ failed: 1, passed: 0 });
});

test("what a Docker test leaves out is called a lack of an engine only where none answered", async () => {
  const skipped = { status: "skipped", fullName: "d waits" };
  const leftOut = async (assertionResults: object[]) => {
    const docker = { name: "/d.docker.test.ts", status: "passed", assertionResults };
    return countVitest(await report({ testResults: [docker] }), 0).leftOut;
  };
  expect(await leftOut([skipped])).toEqual(["1 tests that need a Docker engine (none answers here)"]);
  const passed = { status: "passed", fullName: "d holds" };
  expect(await leftOut([passed, skipped])).toEqual(["1 tests that skipped themselves (d waits)"]);
});
