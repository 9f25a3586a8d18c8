"use client";

import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { Schedule } from "#lib/model/schedule.ts";
import { wishAt } from "#lib/model/turn.ts";
import { useLive } from "../live/environment-context.ts";
import { DayChoice } from "./day-choice.tsx";
import { Saved, SettingsCard } from "./settings-card.tsx";
import { type SettingsProps, useSave } from "./use-save.ts";

const usual: Schedule = { days: [1, 2, 3, 4, 5], start: "08:00", stop: "19:00", timeZone: "UTC" };

/** The hours in which it runs. */
export function ScheduleForm({ save, mayChange, schedule }: SettingsProps & { schedule: Schedule | null }) {
  const [draft, setDraft] = useState<Schedule>(schedule ?? usual);
  const [zones, setZones] = useState<string[]>([]);
  const { refused, saved, busy, submit, touch } = useSave(save);
  useEffect(() => {
    setZones(["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")]);
    if (schedule) return;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    setDraft((earlier) => ({ ...earlier, timeZone }));
  }, [schedule]);
  const set = (values: Partial<Schedule>) => {
    setDraft({ ...draft, ...values });
    touch();
  };
  const { timeZone, ...hours } = draft;
  const { fields } = refused;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit({ schedule: { ...hours, time_zone: timeZone } });
      }}
    >
      <SettingsCard
        id="schedule"
        title="Schedule"
        lead="Stopped outside these hours, so that nobody pays for the night. What a person starts by hand at night runs until the next stop."
        problem={refused.message}
        foot={
          mayChange && (
            <>
              <Button type="submit" variant="primary" disabled={busy} aria-busy={busy}>
                {schedule ? "Save the schedule" : "Set the schedule"}
              </Button>
              {schedule && (
                <Button disabled={busy} onClick={() => submit({ schedule: null })}>
                  Run always
                </Button>
              )}
              <Saved saved={saved} />
            </>
          )
        }
      >
        <NextTurn />
        <DayChoice
          days={draft.days}
          disabled={!mayChange}
          error={fields["schedule.days"]}
          onChange={(days) => set({ days })}
        />
        <div className="grid gap-4 sm:grid-cols-[8rem_8rem_minmax(0,1fr)]">
          <TextField
            label="Starts at"
            name="schedule.start"
            type="time"
            value={draft.start}
            disabled={!mayChange}
            onChange={(event) => set({ start: event.target.value })}
            error={fields["schedule.start"]}
          />
          <TextField
            label="Stops at"
            name="schedule.stop"
            type="time"
            value={draft.stop}
            disabled={!mayChange}
            onChange={(event) => set({ stop: event.target.value })}
            error={fields["schedule.stop"]}
            hint={draft.stop < draft.start ? "On the next day" : undefined}
          />
          <SelectField
            label="Time zone"
            name="schedule.time_zone"
            value={timeZone}
            disabled={!mayChange}
            onChange={(event) => set({ timeZone: event.target.value })}
            error={fields["schedule.time_zone"]}
          >
            {[...new Set([timeZone, ...zones])].sort().map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll("_", " ")}
              </option>
            ))}
          </SelectField>
        </div>
      </SettingsCard>
    </form>
  );
}

/** What the schedule that is kept does next, and when. */
function NextTurn() {
  const { schedule, scheduleDueAt } = useLive().environment;
  if (!schedule || !scheduleDueAt) return <p className="text-ink-soft">No schedule is set: it runs always.</p>;
  return (
    <p className="text-ink-soft">
      It {wishAt(schedule, new Date(scheduleDueAt)) === "run" ? "starts" : "stops"} next{" "}
      <RelativeTime at={scheduleDueAt} />.
    </p>
  );
}
