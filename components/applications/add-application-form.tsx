"use client";

import { TextField } from "#components/ui/field.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";

type Add = (state: FormState, form: FormData) => Promise<FormState>;

export function AddApplicationForm({ add }: { add: Add }) {
  const [{ message, fields, values }, submit] = useForm(add, blank);
  return (
    <form action={submit} className="flex flex-col gap-3 p-5" noValidate>
      {message && <Notice tone="bad">{message}</Notice>}
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <TextField
            label="New application"
            name="application_name"
            placeholder="shop"
            error={fields.application_name}
            defaultValue={values.application_name}
          />
        </div>
        <SubmitButton>Create application</SubmitButton>
      </div>
    </form>
  );
}
