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

type RenameProps = { name: string; rename: (state: FormState, form: FormData) => Promise<FormState> };

/** Gives the organisation another name, in a dialog. */
export function RenameOrganisation({ name, rename }: RenameProps) {
  const [open, setOpen] = useState(false);
  const [{ message, fields, values, done }, submit] = useForm(rename, blank);
  useEffect(() => {
    if (done) setOpen(false);
  }, [done]);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Pencil className="size-3.5" aria-hidden />
        Rename
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Rename ${name}`}>
        <form action={submit} className="flex flex-col gap-4" noValidate>
          {message && <Notice tone="bad">{message}</Notice>}
          <TextField
            label="Name"
            name="name"
            error={fields.name}
            defaultValue={values.name ?? name}
            hint="Names of servers go on beginning with the first name."
          />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton>Rename</SubmitButton>
          </div>
        </form>
      </Dialog>
    </>
  );
}
