import { describe, expect, test } from "vitest";
import { isTimeZone, lastTurn, nextTurn, type Schedule } from "#lib/model/schedule.ts";

const weekdays: Schedule = { days: [1, 2, 3, 4, 5], start: "08:00", stop: "19:00", timeZone: "Europe/Berlin" };
const nightly: Schedule = { days: [5, 6, 7], start: "22:00", stop: "02:30", timeZone: "Europe/Berlin" };
const next = (schedule: Schedule, moment: string) => {
  const turn = nextTurn(schedule, new Date(moment));
  return turn && `${turn.wish} ${turn.at.toISOString()}`;
};
const last = (schedule: Schedule, moment: string) => {
  const turn = lastTurn(schedule, new Date(moment));
  return turn && `${turn.wish} ${turn.at.toISOString()}`;
};

test("the next turn is the first start or stop after a moment, the last one the latest up to it", () => {
  // A Friday, 09:00 in Berlin's winter.
  expect(next(weekdays, "2026-11-27T08:00:00Z")).toBe("stop 2026-11-27T18:00:00.000Z");
  expect(next(weekdays, "2026-11-27T18:00:00Z")).toBe("run 2026-11-30T07:00:00.000Z");
  expect(last(weekdays, "2026-11-27T18:00:00Z")).toBe("stop 2026-11-27T18:00:00.000Z");
  expect(last(weekdays, "2026-11-27T17:59:59Z")).toBe("run 2026-11-27T07:00:00.000Z");
  expect(last(weekdays, "2026-11-29T12:00:00Z")).toBe("stop 2026-11-27T18:00:00.000Z");
});

test("a stop that is not after the start is of the next day, over the end of a week too", () => {
  expect(next(nightly, "2026-11-27T21:30:00Z")).toBe("stop 2026-11-28T01:30:00.000Z");
  expect(next(nightly, "2026-11-29T21:30:00Z")).toBe("stop 2026-11-30T01:30:00.000Z");
  expect(next(nightly, "2026-11-30T02:00:00Z")).toBe("run 2026-12-04T21:00:00.000Z");
});

describe("when the clocks change", () => {
  test("the time of the day stays, and the moment moves", () => {
    expect(next(weekdays, "2026-03-27T18:30:00Z")).toBe("run 2026-03-30T06:00:00.000Z");
    expect(next(weekdays, "2026-10-23T17:30:00Z")).toBe("run 2026-10-26T07:00:00.000Z");
  });

  test("a time that is left out comes when they have changed, and one that is repeated comes once", () => {
    // 29 March: 02:00 is followed by 03:00. 25 October: 03:00 is followed by 02:00.
    expect(next(nightly, "2026-03-28T21:30:00Z")).toBe("stop 2026-03-29T01:00:00.000Z");
    expect(next(nightly, "2026-10-24T21:00:00Z")).toBe("stop 2026-10-25T00:30:00.000Z");
    expect(next(nightly, "2026-10-25T00:30:00Z")).toBe("run 2026-10-25T21:00:00.000Z");
  });
});

test("a time zone is a place; an offset and a misspelling are none", () => {
  expect(["Europe/Berlin", "America/St_Johns", "UTC", "Asia/Kolkata"].map(isTimeZone)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(["+02:00", "Europe/Berlino", "", "x".repeat(80)].map(isTimeZone)).toEqual([false, false, false, false]);
});
