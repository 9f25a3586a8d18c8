"use client";

import { Pencil } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";

type EditProps = {
  name: string;
  description: string;
  change: (state: FormState, form: FormData) => Promise<FormState>;
};

/** Gives a template another name or description. */
export function EditTemplate({ name, description, change }: EditProps) {
  const [open, setOpen] = useState(false);
  const [{ fields, values, message, done }, submit] = useForm(change, blank);
  useEffect(() => {
    if (done) setOpen(false);
  }, [done]);
  return (
    <>
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Rename template ${name}`}
        title={`Rename template ${name}`}
        onClick={() => setOpen(true)}
      >
        <Pencil className="size-4" aria-hidden />
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Rename ${name}`}>
        <form action={submit} className="flex flex-col gap-4" noValidate>
          {message && <Notice tone="bad">{message}</Notice>}
          <TextField
            label="Name"
            name="name"
            defaultValue={values.name ?? name}
            error={fields.name}
            autoComplete="off"
          />
          <TextField
            label="What it is for"
            name="description"
            defaultValue={values.description ?? description}
            error={fields.description}
            autoComplete="off"
          />
          <div className="flex justify-end">
            <SubmitButton>Save</SubmitButton>
          </div>
        </form>
      </Dialog>
    </>
  );
}
