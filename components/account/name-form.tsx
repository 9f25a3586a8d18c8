"use client";

import { TextField } from "#components/ui/field.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";

type NameFormProps = { name: string; change: (state: FormState, form: FormData) => Promise<FormState> };

export function NameForm({ name, change }: NameFormProps) {
  const [{ message, fields, values, done }, submit] = useForm(change, blank);
  return (
    <form action={submit} className="flex flex-col gap-4 p-5" noValidate>
      {message && <Notice tone="bad">{message}</Notice>}
      <div className="max-w-sm">
        <TextField
          label="Name"
          name="name"
          autoComplete="name"
          hint="Your team sees it, and so do those whom you invite."
          error={fields.name}
          defaultValue={values.name ?? name}
        />
      </div>
      <div className="flex items-center gap-3">
        <SubmitButton>Change name</SubmitButton>
        {done && (
          <span role="status" className="text-good">
            Changed.
          </span>
        )}
      </div>
    </form>
  );
}
