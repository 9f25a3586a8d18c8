import type { Schedule } from "./schedule.ts";

const dayMinutes = 24 * 60;

/** Whether a schedule starts or stops its environment at `at`, which is one of its turns: the one whose time of the day is nearest. */
export function wishAt({ start, stop, timeZone }: Schedule, at: Date): "run" | "stop" {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(at);
  const distance = (time: string) => {
    const apart = Math.abs(minutesOf(time) - minutesOf(clock));
    return Math.min(apart, dayMinutes - apart);
  };
  return distance(start) < distance(stop) ? "run" : "stop";
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return (hours % 24) * 60 + minutes;
}
