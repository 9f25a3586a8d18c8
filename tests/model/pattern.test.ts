import { expect, test } from "vitest";
import { filtersIn, fits } from "#lib/gateway/filters.ts";
import { patternOf } from "#lib/model/pattern.ts";
import { eligible, expressionOf } from "#lib/model/placement.ts";

// For a matcher that goes back, each of these takes longer than a human life.
const endless = ["(a+)+$", "(a|aa)+$", "(.*a){25}$"];
const text = `${"a".repeat(250)}!`;

test.each(endless)("the pattern %s is answered soon, in a filter and in a constraint", (pattern) => {
  const begun = performance.now();
  expect(fits([pattern], text)).toBe(false);
  const node = { name: "one", labels: { rack: text }, free: 0, containers: [], images: [] };
  expect(eligible([node], [expressionOf(`constraint:rack==/${pattern}/`)!])).toEqual([]);
  expect(performance.now() - begun).toBeLessThan(2_000);
});

test("a pattern finds a match anywhere, unless it says where; what is no pattern finds none", () => {
  expect(["web", "^web$", "w.b", "(web|db)"].map((pattern) => patternOf(pattern)!("web"))).toEqual(Array(4).fill(true));
  expect(patternOf("^eb")!("web")).toBe(false);
  expect(patternOf("(")).toBeNull();
  expect(fits(["("], "(")).toBe(true);
  expect(fits([], "anything")).toBe(true);
});

test.each(["null", "[1]", "3", "{", '"name"'])("filters that are %s are none", (filters) => {
  expect(filtersIn(new URLSearchParams({ filters }))).toEqual({});
});
