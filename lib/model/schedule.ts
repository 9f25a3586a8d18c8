import { Cron } from "croner";

/** When an environment runs: on these days, from one time of the day to another, in this place's time. */
export type Schedule = {
  /** ISO days of the week on which it starts, 1 is Monday. */
  days: number[];
  /** "HH:MM", 24 hours. */
  start: string;
  /** On the next day where it is not after `start`. */
  stop: string;
  /** IANA name: "Europe/Berlin". */
  timeZone: string;
};

/** A moment at which a schedule starts or stops its environment. */
export type Turn = { at: Date; wish: "run" | "stop" };

/**
 * The first turn after `moment`; null where there is none. A time of the day that a change of the clocks leaves out comes
 * when the clocks have changed; one that they repeat comes once, the first time.
 */
export function nextTurn(schedule: Schedule, moment: Date): Turn | null {
  const turns = turnsOf(schedule).map(({ cron, wish }) => ({ at: cron.nextRun(moment), wish }));
  return pick(turns, (one, other) => one.at.getTime() - other.at.getTime());
}

/** The last turn up to `moment`, and at it; null where there is none. */
export function lastTurn(schedule: Schedule, moment: Date): Turn | null {
  const after = new Date(moment.getTime() + 1000);
  const turns = turnsOf(schedule).map(({ cron, wish }) => ({ at: cron.previousRuns(1, after)[0] ?? null, wish }));
  return pick(turns, (one, other) => other.at.getTime() - one.at.getTime());
}

const nextDay = (day: number) => (day % 7) + 1;

function turnsOf({ days, start, stop, timeZone }: Schedule) {
  const stopDays = stop > start ? days : days.map(nextDay);
  return [
    { cron: cronAt(start, days, timeZone), wish: "run" as const },
    { cron: cronAt(stop, stopDays, timeZone), wish: "stop" as const },
  ];
}

function cronAt(time: string, days: number[], timezone: string): Cron {
  const [hour, minute] = time.split(":").map(Number);
  return new Cron(`0 ${minute} ${hour} * * ${days.join(",")}`, { timezone, paused: true });
}

function pick(
  turns: { at: Date | null; wish: Turn["wish"] }[],
  order: (one: Turn, other: Turn) => number,
): Turn | null {
  const known = turns.filter((turn): turn is Turn => turn.at !== null);
  return known.sort(order)[0] ?? null;
}

/** Whether `name` is a place's time as the IANA names it; an offset is none, because it knows no summer. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
