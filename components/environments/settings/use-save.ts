import { useState, useTransition } from "react";
import { sayUnanswered } from "#components/ui/unanswered.ts";
import { useLive } from "../live/environment-context.ts";

/** The body of `PUT /environments/{id}/settings`. */
export type SettingsBody = {
  name?: string;
  heal?: boolean;
  schedule?: { days: number[]; start: string; stop: string; time_zone: string } | null;
  expires_at?: string | null;
  protected?: boolean;
};
export type Refused = { message?: string; fields: Record<string, string> };
export type Save = (body: SettingsBody) => Promise<Refused | undefined>;

/** What each part of the settings is given. */
export type SettingsProps = { save: Save; mayChange: boolean };

const nothing: Refused = { fields: {} };

/** Saves a part of the settings; `refused` says what was wrong with it, `saved` that it was taken. */
export function useSave(save: Save) {
  const { refresh } = useLive();
  const [refused, setRefused] = useState<Refused>(nothing);
  const [saved, setSaved] = useState(false);
  const [busy, startTransition] = useTransition();
  const submit = (body: SettingsBody) =>
    startTransition(async () => {
      setSaved(false);
      const problem = await save(body).catch((error): Refused => ({ message: sayUnanswered(error), fields: {} }));
      setRefused(problem ?? nothing);
      setSaved(!problem);
      refresh();
    });
  /** Forgets what was said of the last try. */
  const touch = () => {
    setSaved(false);
    setRefused(nothing);
  };
  return { refused, saved, busy, submit, touch };
}
