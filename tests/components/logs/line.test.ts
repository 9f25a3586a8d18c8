import { expect, test } from "vitest";
import { keep, type LogLine, levelOf, parts, wantedLines } from "#components/logs/line.ts";

const line = (key: number, text: string, kind: LogLine["kind"] = "output"): LogLine => ({ key, text, kind });
const log = [
  line(1, "1/2 installing nginx", "step"),
  line(2, "Setting up nginx"),
  line(3, "W: a key is deprecated"),
  line(4, "2/2 checking", "step"),
  line(5, "E: nginx failed"),
  line(6, "all is well: no terrors, no warnings"),
];
const keys = (wanted: Parameters<typeof wantedLines>[1]) => wantedLines(log, wanted).map(({ key }) => key);
const all = { search: "", level: "all", phase: "" } as const;

test("lines are chosen by text, by how bad they sound, and by phase, and by all of them at once", () => {
  expect(keys(all)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(keys({ ...all, search: " NGINX " })).toEqual([1, 2, 5]);
  expect(keys({ ...all, level: "errors" })).toEqual([5]);
  expect(keys({ ...all, level: "warnings" })).toEqual([3, 5]);
  expect(keys({ ...all, phase: "1/2 installing nginx" })).toEqual([1, 2, 3]);
  expect(keys({ search: "nginx", level: "errors", phase: "2/2 checking" })).toEqual([5]);
});

test("a step is no error though its title names one", () => {
  expect(levelOf(line(1, "3/9 removing what failed", "step"))).toBe("other");
});

test("every second part of a text is what was searched for, as it was written", () => {
  expect(parts("An nginx and NGINX", "nginx")).toEqual(["An ", "nginx", " and ", "NGINX", ""]);
  expect(parts("a.b", ".")).toEqual(["a", ".", "b"]);
  expect(parts("plain", "")).toEqual(["plain"]);
});

test("the newest lines are kept, and no more than a tenth above what was asked", () => {
  let kept: readonly LogLine[] = [];
  for (let key = 0; key < 1_000; key += 1) kept = keep(kept, [line(key, "x")], 100);
  expect(kept.at(-1)!.key).toBe(999);
  expect(kept.length).toBeGreaterThanOrEqual(100);
  expect(kept.length).toBeLessThanOrEqual(110);
});
