"use client";

import { TextAreaField, TextField } from "#components/ui/field.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";

type Add = (state: FormState, form: FormData) => Promise<FormState>;

export function AddKeyForm({ add }: { add: Add }) {
  const [{ message, fields, values }, submit] = useForm(add, blank);
  return (
    <form action={submit} className="flex flex-col gap-4 p-5" noValidate>
      {message && <Notice tone="bad">{message}</Notice>}
      <TextField label="Name" name="name" placeholder="laptop" error={fields.name} defaultValue={values.name} />
      <TextAreaField
        label="Public key"
        name="public_key"
        rows={3}
        placeholder="ssh-ed25519 AAAA… you@laptop"
        hint="The .pub file, one line: usually ~/.ssh/id_ed25519.pub."
        error={fields.public_key}
        defaultValue={values.public_key}
      />
      <div>
        <SubmitButton>Add key</SubmitButton>
      </div>
    </form>
  );
}
