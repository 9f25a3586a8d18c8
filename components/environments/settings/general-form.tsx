"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Saved, SettingsCard } from "./settings-card.tsx";
import { type SettingsProps, useSave } from "./use-save.ts";

type GeneralProps = SettingsProps & { name: string; heal: boolean };

/** What it is called, and whether lost servers are made again. */
export function GeneralForm({ save, mayChange, name: named, heal: healed }: GeneralProps) {
  const [name, setName] = useState(named);
  const [heal, setHeal] = useState(healed);
  const { refused, saved, busy, submit, touch } = useSave(save);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit({ name, heal });
      }}
    >
      <SettingsCard
        id="general"
        title="General"
        lead="Servers keep the names that they were made with."
        problem={refused.message}
        foot={
          mayChange && (
            <>
              <Button type="submit" variant="primary" disabled={busy} aria-busy={busy}>
                Save
              </Button>
              <Saved saved={saved} />
            </>
          )
        }
      >
        <TextField
          label="Name"
          name="name"
          value={name}
          disabled={!mayChange}
          onChange={(event) => {
            setName(event.target.value);
            touch();
          }}
          error={refused.fields.name}
          autoComplete="off"
          spellCheck={false}
        />
        <label className="flex items-start gap-3">
          <input
            type="checkbox"
            name="heal"
            checked={heal}
            disabled={!mayChange}
            onChange={(event) => {
              setHeal(event.target.checked);
              touch();
            }}
            className="mt-0.5 size-4 accent-accent"
          />
          <span>
            <span className="block font-medium">Make lost servers again by itself</span>
            <span className="block text-ink-soft">
              Where a server is removed or stopped behind CloudHero’s back, it is made again, empty, or started.
              Otherwise you are asked.
            </span>
          </span>
        </label>
      </SettingsCard>
    </form>
  );
}
