import { expect, test } from "vitest";
import { checkOf } from "#components/environments/live/checks.ts";
import type { LiveNode } from "#components/environments/live/live-environment.ts";

const node = (change: Partial<LiveNode>) =>
  ({ state: "installing", stateSince: "2026-01-01T00:00:00Z", error: null, ...change }) as LiveNode;

test("a ready server's packages have passed their checks; a failed one says whose did not, and what it said", () => {
  expect(checkOf(node({ state: "ready" }), "redis")).toEqual({ outcome: "passed", at: "2026-01-01T00:00:00Z" });
  const error = "checking: a check failed\nConnection refused\nredis does not answer (exit status 1)";
  expect(checkOf(node({ state: "failed", error }), "redis")).toEqual({
    outcome: "failed",
    said: "redis does not answer (exit status 1)",
  });
  expect(checkOf(node({ state: "failed", error }), "nginx")).toEqual({ outcome: "unknown" });
  expect(checkOf(node({}), "redis")).toEqual({ outcome: "unknown" });
});
