import { expect, test } from "vitest";
import { nextTurn, type Schedule } from "#lib/model/schedule.ts";
import { wishAt } from "#lib/model/turn.ts";

const schedules: Schedule[] = [
  { days: [1, 2, 3, 4, 5, 6, 7], start: "08:00", stop: "19:00", timeZone: "Europe/Berlin" },
  { days: [1, 4, 7], start: "22:00", stop: "02:30", timeZone: "America/New_York" },
  { days: [2, 7], start: "00:00", stop: "23:59", timeZone: "Asia/Kolkata" },
];

test("whether a turn starts or stops is read from the clock alone, over a year with its changes of the clocks", () => {
  for (const schedule of schedules) {
    let turn = nextTurn(schedule, new Date("2026-01-01T00:00:00Z"))!;
    for (let count = 0; count < 300; count += 1) {
      expect(wishAt(schedule, turn.at), turn.at.toISOString()).toBe(turn.wish);
      turn = nextTurn(schedule, turn.at)!;
    }
  }
});
