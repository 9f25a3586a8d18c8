import { expect, test } from "vitest";
import { safePath } from "#components/auth/safe-path.ts";

test.each(["/dashboard/keys", "/dashboard?q=a%20b&state=running"])("log-in leads back to %s", (path) => {
  expect(safePath(path)).toBe(path);
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "https://evil.example/",
  "/.//evil.example/x",
  "/a/..//evil.example",
  "/%2e//evil.example",
  "//ours.invalid//evil.example",
  "javascript:alert(1)",
  "evil.example",
  "",
  undefined,
])("log-in never leads to %s", (path) => {
  expect(safePath(path)).toBe("/dashboard");
});
