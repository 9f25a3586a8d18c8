import { DrizzleQueryError } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { messageOf } from "#lib/errors.ts";

test("what a failed statement was given is in no message, and in no log", async () => {
  const cause = Object.assign(new Error("canceling statement due to statement timeout"), { code: "57014" });
  const error = new DrizzleQueryError("update users set password_hash = $1", ["hunter2"], cause);
  expect(messageOf(error)).toBe(
    "update users set password_hash = $1 failed: canceling statement due to statement timeout",
  );
  const lines: string[] = [];
  vi.resetModules();
  vi.stubEnv("CLOUDHERO_LOG_LEVEL", "error");
  const { default: pino } = await import("pino");
  vi.spyOn(pino, "destination").mockReturnValue({ write: (line: string) => lines.push(line) } as never);
  const { log } = await import("#lib/log.ts");
  log.error({ err: error }, messageOf(error));
  vi.unstubAllEnvs();
  expect(lines.join("")).toContain("57014");
  expect(lines.join("")).not.toContain("hunter2");
});
