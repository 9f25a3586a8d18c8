"use client";

import type { ComponentProps } from "react";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { WebhookFields } from "./webhook-fields.tsx";

type ChangeProps = {
  change: (state: FormState, form: FormData) => Promise<FormState>;
  known: NonNullable<ComponentProps<typeof WebhookFields>["known"]>;
};

export function ChangeWebhookForm({ change, known }: ChangeProps) {
  const [state, submit] = useForm(change, blank);
  const isRefused = "name" in state.values;
  return (
    <form key={state.done} action={submit} className="flex flex-col gap-5 p-5" noValidate>
      {state.message && <Notice tone="bad">{state.message}</Notice>}
      {state.done && <Notice>Changed; it is so from the next delivery on.</Notice>}
      <WebhookFields key={state.values.events} state={state} known={known} />
      <label className="flex items-center gap-2.5">
        <input
          type="checkbox"
          name="enabled"
          defaultChecked={isRefused ? "enabled" in state.values : known.enabled}
          className="size-4 shrink-0 accent-accent"
        />
        <span>
          <span className="font-medium">Switched on</span>
          <span className="block text-ink-faint text-xs">
            Off, it is told nothing, and what happens meanwhile is not kept.
          </span>
        </span>
      </label>
      <div>
        <SubmitButton>Save changes</SubmitButton>
      </div>
    </form>
  );
}
