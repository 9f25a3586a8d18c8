"use client";

import { useEffect, useState } from "react";
import { TextField } from "#components/ui/field.tsx";
import type { DraftSchedule } from "./draft.ts";

const days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"] as const;
const names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

type ScheduleProps = {
  schedule: DraftSchedule;
  errors: Record<string, string>;
  set: (schedule: DraftSchedule) => void;
};

/** On which days and at what times it runs. */
export function ScheduleFields({ schedule, errors, set }: ScheduleProps) {
  const toggle = (day: number) =>
    set({
      ...schedule,
      days: schedule.days.includes(day) ? schedule.days.filter((one) => one !== day) : [...schedule.days, day].sort(),
    });
  const error = errors["schedule.days"] ?? errors.schedule;
  return (
    <div className="grid gap-4 px-5 py-4 sm:grid-cols-3">
      <fieldset className="sm:col-span-3">
        <legend className="mb-1.5 font-medium text-sm">Days on which it starts</legend>
        <div className="flex flex-wrap gap-1.5">
          {days.map((short, index) => (
            <label
              key={short}
              className="grid h-8 min-w-10 cursor-pointer place-items-center rounded-md border border-line-strong/60 px-2 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
            >
              <input
                type="checkbox"
                aria-label={names[index]}
                checked={schedule.days.includes(index + 1)}
                onChange={() => toggle(index + 1)}
                className="sr-only"
              />
              {short}
            </label>
          ))}
        </div>
        {error && <p className="mt-1.5 text-bad text-xs">{error}</p>}
      </fieldset>
      <TextField
        label="From"
        name="schedule.start"
        type="time"
        value={schedule.start}
        onChange={(event) => set({ ...schedule, start: event.target.value })}
        error={errors["schedule.start"]}
      />
      <TextField
        label="To"
        name="schedule.stop"
        type="time"
        value={schedule.stop}
        onChange={(event) => set({ ...schedule, stop: event.target.value })}
        hint={schedule.stop < schedule.start ? "On the next day." : undefined}
        error={errors["schedule.stop"]}
      />
      <TextField
        label="Time zone"
        name="schedule.time_zone"
        list="time-zones"
        value={schedule.timeZone}
        onChange={(event) => set({ ...schedule, timeZone: event.target.value })}
        error={errors["schedule.time_zone"]}
        autoComplete="off"
        spellCheck={false}
      />
      <TimeZones />
    </div>
  );
}

/** The browser's own list. */
function TimeZones() {
  const [zones, setZones] = useState<string[]>([]);
  useEffect(() => setZones(Intl.supportedValuesOf("timeZone")), []);
  return (
    <datalist id="time-zones">
      {zones.map((zone) => (
        <option key={zone} value={zone} />
      ))}
    </datalist>
  );
}
