"use client";

import { Button } from "#components/ui/button.tsx";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { useLive } from "../live/environment-context.ts";
import { Saved, SettingsCard } from "./settings-card.tsx";
import { type SettingsProps, useSave } from "./use-save.ts";

/** Nobody deletes it by mistake, and nothing by itself. */
export function Protection({ save, mayChange, mayTakeOff }: SettingsProps & { mayTakeOff: boolean }) {
  const { name, environment, refresh } = useLive();
  const { refused, saved, busy, submit } = useSave(save);
  const takeOff = async () => {
    const problem = await save({ protected: false });
    refresh();
    return problem && (problem.message ?? Object.values(problem.fields)[0]);
  };
  return (
    <SettingsCard
      id="protection"
      title="Protection against deletion"
      lead="While it is on, every request to delete the environment is refused, whether by a person, by a script or at the end of its time to live. Scaling it may still end some of its servers."
      problem={refused.message}
      foot={
        mayChange && (
          <>
            {!environment.protected && (
              <Button disabled={busy} onClick={() => submit({ protected: true })}>
                Protect it
              </Button>
            )}
            {environment.protected && mayTakeOff && (
              <ConfirmButton
                title={`Take the protection off ${name}?`}
                confirm="Take the protection off"
                danger
                typed={name}
                onConfirm={takeOff}
                trigger="Take the protection off"
              >
                <p>From then on, an operator may delete {name} with all its servers and what is on their disks.</p>
              </ConfirmButton>
            )}
            {environment.protected && !mayTakeOff && (
              <p className="text-ink-soft">An admin or the owner may take it off.</p>
            )}
            <Saved saved={saved} />
          </>
        )
      }
    >
      <p className="font-medium">{environment.protected ? "It is protected." : "It is not protected."}</p>
    </SettingsCard>
  );
}
