"use client";

import { lazy, Suspense } from "react";
import { TextField } from "#components/ui/field.tsx";
import type { DraftChange } from "./change-draft.ts";
import { CheckField } from "./check-field.tsx";
import type { Draft, DraftSchedule } from "./draft.ts";

type LifeProps = { draft: Draft; errors: Record<string, string>; change: (change: DraftChange) => void };

/** Loaded where there are hours. */
const ScheduleFields = lazy(() => import("./schedule-fields.tsx").then((file) => ({ default: file.ScheduleFields })));

/** What becomes of the environment: its hours, its end, and what it is kept from. */
export function LifeFields({ draft, errors, change }: LifeProps) {
  const { heal, ttl, schedule } = draft;
  const set = (values: Partial<Draft>) => change({ do: "set", values });
  return (
    <div className="divide-y divide-line">
      <CheckField
        name="heal"
        title="Make lost servers again by itself"
        checked={heal}
        onChange={(checked) => set({ heal: checked })}
      >
        Where a server is removed behind CloudHero’s back, a new, empty one takes its place. Otherwise you are asked.
      </CheckField>
      <CheckField
        name="protected"
        title="Protect it against deletion"
        checked={draft.protected}
        onChange={(checked) => set({ protected: checked })}
      >
        Nobody can delete it before an admin takes the protection away.
      </CheckField>
      <CheckField
        name="schedule"
        title="Run in certain hours only"
        checked={schedule !== null}
        onChange={(checked) => set({ schedule: checked ? workingHours() : null })}
      >
        It stops and starts by itself, and most clouds bill a stopped server for its disk alone.
      </CheckField>
      {schedule && (
        <Suspense>
          <ScheduleFields schedule={schedule} errors={errors} set={(next) => set({ schedule: next })} />
        </Suspense>
      )}
      <div className="px-5 py-4 sm:max-w-72">
        <TextField
          label="Delete by itself after"
          name="ttl_hours"
          inputMode="decimal"
          value={ttl}
          onChange={(event) => set({ ttl: event.target.value.trim() })}
          placeholder="never"
          hint="Hours, for what is only tried out. You are warned before, and can put it off."
          error={errors.ttl_hours}
          autoComplete="off"
        />
      </div>
    </div>
  );
}

/** Where the reader is, which the server cannot know. */
const workingHours = (): DraftSchedule => ({
  days: [1, 2, 3, 4, 5],
  start: "08:00",
  stop: "18:00",
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});
