"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { useLive } from "../live/environment-context.ts";
import { Saved, SettingsCard } from "./settings-card.tsx";
import { type SettingsProps, useSave } from "./use-save.ts";

const hourMs = 3_600_000;
const lives = [
  [4, "4 hours from now"],
  [8, "8 hours from now"],
  [24, "1 day from now"],
  [72, "3 days from now"],
  [168, "1 week from now"],
  [336, "2 weeks from now"],
  [720, "30 days from now"],
  [2160, "90 days from now"],
] as const;
const steps = [
  ["+1 day", 24],
  ["+1 week", 168],
] as const;

/** When it is deleted by itself. */
export function ExpiryForm({ save, mayChange }: SettingsProps) {
  const { expiresAt } = useLive().environment;
  const [hours, setHours] = useState(168);
  const { refused, saved, busy, submit } = useSave(save);
  const after = (from: number, more: number) => submit({ expires_at: new Date(from + more * hourMs).toISOString() });
  return (
    <SettingsCard
      id="expiry"
      title="Time to live"
      lead="For what is only needed for a while: it is deleted when its time is over, announced a day and an hour before."
      problem={refused.fields.expires_at ?? refused.message}
      foot={
        mayChange && (
          <>
            {expiresAt &&
              steps.map(([label, more]) => (
                <Button
                  key={label}
                  disabled={busy}
                  onClick={() => after(Math.max(Date.parse(expiresAt), Date.now()), more)}
                >
                  {label}
                </Button>
              ))}
            {expiresAt && (
              <Button disabled={busy} onClick={() => submit({ expires_at: null })}>
                Never
              </Button>
            )}
            {!expiresAt && (
              <Button variant="primary" disabled={busy} onClick={() => after(Date.now(), hours)}>
                Save
              </Button>
            )}
            <Saved saved={saved} />
          </>
        )
      }
    >
      {expiresAt ? (
        <p>
          Deleted with all its servers <RelativeTime at={expiresAt} />:{" "}
          <time dateTime={expiresAt} className="tabular" suppressHydrationWarning>
            {new Date(expiresAt).toLocaleString()}
          </time>
          .
        </p>
      ) : (
        <>
          <p className="text-ink-soft">It has no end: it stays until somebody deletes it.</p>
          {mayChange && (
            <div className="sm:max-w-60">
              <SelectField
                label="Delete it"
                name="ttl"
                value={hours}
                onChange={(event) => setHours(Number(event.target.value))}
              >
                {lives.map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </SelectField>
            </div>
          )}
        </>
      )}
    </SettingsCard>
  );
}
