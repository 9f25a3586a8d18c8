import { expect, test } from "vitest";
import { inWords, warningDue } from "#lib/model/expiry.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const end = new Date("2030-01-31T12:00:00Z");
const before = (ms: number) => new Date(end.getTime() - ms);

/** How many minutes before its end what lives so long is warned of, looked at every 20 s. */
function warnings(lifeMs: number): number[] {
  const found: number[] = [];
  let told = before(lifeMs);
  for (let leftMs = lifeMs; leftMs > 0; leftMs -= 20_000) {
    const due = warningDue(end, told, before(leftMs));
    if (!due) continue;
    found.push(leftMs / minuteMs);
    told = due.toldUntil;
  }
  return found;
}

test("an end is announced a day and an hour before it; a short life's once, when a quarter of it is left", () => {
  expect(warnings(72 * hourMs)).toEqual([24 * 60, 60]);
  expect(warnings(24 * hourMs)).toEqual([60]);
  expect(warnings(3 * hourMs)).toEqual([60]);
  expect(warnings(2 * hourMs)).toEqual([30]);
  expect(warnings(20 * minuteMs)).toEqual([5]);
});

test("what was missed while no worker ran is said once, the nearest to the truth", () => {
  expect(warningDue(end, before(72 * hourMs), before(30 * minuteMs))).toEqual({ toldUntil: end });
  expect(warningDue(end, end, before(minuteMs))).toBeNull();
  expect(warningDue(end, before(72 * hourMs), end)).toBeNull();
});

test("a stretch of time is said in hours, or in minutes where it is short", () => {
  expect([25 * hourMs, hourMs, 12 * minuteMs, 1000].map(inWords)).toEqual([
    "25 hours",
    "1 hour",
    "12 minutes",
    "1 minute",
  ]);
});
