import { testEvent } from "#lib/model/webhook-events.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long to wait after each try that failed; with the first, eight tries in about a day. */
const pausesMs = [5_000, 5 * minuteMs, 30 * minuteMs, 2 * hourMs, 5 * hourMs, 8 * hourMs, 8 * hourMs];

/** How long to wait after `attempts` tries, give or take a tenth; null: enough. A test is tried once, while somebody looks. */
export function pauseMs(event: string, attempts: number, random = Math.random()): number | null {
  const pause = event === testEvent ? undefined : pausesMs[attempts - 1];
  return pause === undefined ? null : Math.round(pause * (0.9 + 0.2 * random));
}
