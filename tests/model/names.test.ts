import { expect, test } from "vitest";
import { deletedName, label, slug } from "#lib/model/names.ts";

test("a slug has lower-case letters, digits and single dashes, whatever was typed", () => {
  expect(["My App", "ÄÖÜ straße", "--a__b--", "x@y.z", "💩", "", "İstanbul"].map(slug)).toEqual([
    "my-app",
    "a-o-u-stra-e",
    "a-b",
    "x-y-z",
    "x",
    "x",
    "i-stanbul",
  ]);
});

test("a label is a legal hostname of at most 63 characters, and long ones that differ stay different", () => {
  expect(label("Acme Inc", "me", "My App", "prod", "web")).toBe("acme-inc-me-my-app-prod-web");
  const long = "n".repeat(70);
  const labels = [
    label("acme", `${long}a`),
    label("acme", `${long}b`),
    label(long, "acme"),
    label("a".repeat(53), long),
  ];
  expect(new Set(labels).size).toBe(labels.length);
  for (const one of labels) expect(one).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/);
  expect(label("acme", `${long}a`)).toBe(labels[0]);
  expect(label("a".repeat(63))).toHaveLength(63);
});

test("a deleted server's name is its own with -DEL and the random part", () => {
  expect(deletedName("acme-web", "857660c7e82b41f08d7d0451d76fe160")).toBe(
    "acme-web-DEL857660c7e82b41f08d7d0451d76fe160",
  );
});
