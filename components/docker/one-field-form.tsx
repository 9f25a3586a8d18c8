"use client";

import { TextField } from "#components/ui/field.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";

type FormProps = {
  act: (state: FormState, form: FormData) => Promise<FormState>;
  name: string;
  label: string;
  verb: string;
  /** What stands in the field. */
  value?: string;
  placeholder?: string;
  hint?: string;
  /** Said when it was done. */
  done?: string;
  numeric?: boolean;
  /** A further choice: the name of a checkbox, and its words. */
  choice?: { name: string; label: string };
};

/** A form of one field and a button beside it. */
export function OneFieldForm({
  act,
  name,
  label,
  verb,
  value = "",
  placeholder,
  hint,
  done,
  numeric,
  choice,
}: FormProps) {
  const [state, submit] = useForm(act, blank);
  return (
    <form action={submit} className="flex flex-col gap-2">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            key={`${value} ${state.done ?? ""}`}
            label={label}
            name={name}
            defaultValue={state.values[name] ?? value}
            error={state.fields[name]}
            hint={hint}
            placeholder={placeholder}
            inputMode={numeric ? "numeric" : undefined}
            autoComplete="off"
            spellCheck={false}
            required
          />
        </div>
        <div className="pt-6.5">
          <SubmitButton variant="secondary">{verb}</SubmitButton>
        </div>
      </div>
      {choice && (
        <label className="flex w-fit items-center gap-2 text-ink-soft">
          <input type="checkbox" name={choice.name} className="size-4 accent-accent" />
          {choice.label}
        </label>
      )}
      {state.message && <Notice tone="bad">{state.message}</Notice>}
      {done && (
        <p role="status" className="text-good text-xs">
          {state.done ? done : ""}
        </p>
      )}
    </form>
  );
}
