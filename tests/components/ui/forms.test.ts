import { expect, test } from "vitest";
import { ago } from "#components/ui/ago.ts";
import { sortProblems } from "#components/ui/form-state.ts";
import { matching } from "#components/ui/use-listbox.ts";

test("a problem stands beside its field without the field's name, or above the form where the form has no such field", () => {
  const problems = [
    { code: "invalid", field: "email", message: "email: is not an e-mail address" },
    { code: "invalid", field: "email", message: "email: is too long" },
    { code: "conflict", message: "Too late." },
    { code: "invalid", field: "unknown", message: "unknown: is odd" },
  ];
  expect(sortProblems(problems, (field) => field === "email")).toEqual({
    fields: { email: "Is not an e-mail address" },
    message: "Too late. unknown: is odd",
  });
});

test("what is named by the typed word comes before what merely mentions it", () => {
  const options = [
    { value: "docker", label: "Docker", detail: "a container engine" },
    { value: "nginx", label: "Nginx", detail: "a web server" },
    { value: "postgresql", label: "PostgreSQL", words: "postgres pg" },
  ];
  expect(matching(options, "ngi").map(({ value }) => value)).toEqual(["nginx", "docker"]);
  expect(matching(options, "PG").map(({ value }) => value)).toEqual(["postgresql"]);
  expect(matching(options, "web nginx").map(({ value }) => value)).toEqual(["nginx"]);
  expect(matching(options, "cobol")).toEqual([]);
  expect(matching(options, "")).toHaveLength(3);
});

test("a time is told in its largest unit, behind or ahead", () => {
  const now = Date.parse("2026-11-23T12:00:00Z");
  const at = (seconds: number) => ago(now - seconds * 1000, now);
  expect([3, 60, 7199, 86_400 * 3].map(at)).toEqual(["just now", "1 min ago", "1 h ago", "3 d ago"]);
  expect(at(-86_400 * 2)).toBe("in 2 d");
});
