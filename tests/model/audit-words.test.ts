import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { auditSubjects, auditWords, inWords } from "#lib/model/audit-words.ts";

const sources = globSync("lib/**/*.ts").map((path) => readFileSync(path, "utf8"));
/** Every action that stands in a call of recordAudit or recordEverywhere as it is. */
const written = sources.flatMap((text) =>
  [...text.matchAll(/record(?:Audit|Everywhere)\([^;]*?"([a-z]+\.[a-z-]+)"/g)].map(([, action]) => action!),
);

test("every action that is written down has words for people, and a subject to filter by", () => {
  expect(new Set(written).size).toBeGreaterThan(20);
  expect(written.filter((action) => !auditWords[action])).toEqual([]);
  const subjects = [...written, ...Object.keys(auditWords)].map((action) => action.split(".")[0]!);
  expect(subjects.filter((subject) => !auditSubjects[subject])).toEqual([]);
});

test("an action without words is said as it is written", () => expect(inWords("moon.fly-to")).toBe("moon fly to"));
