"use client";

import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextAreaField } from "#components/ui/field.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";

type LabelsProps = {
  name: string;
  labels: readonly [string, string][];
  act: (state: FormState, form: FormData) => Promise<FormState>;
};

/** The team's own labels of a node, which constraints may ask for. */
export function NodeLabels({ name, labels, act }: LabelsProps) {
  const [open, setOpen] = useState(false);
  const [state, submit] = useForm(act, blank);
  useEffect(() => {
    if (state.done) setOpen(false);
  }, [state.done]);
  const lines = labels.map(([key, value]) => (value ? `${key}=${value}` : key)).join("\n");
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Labels
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Labels of ${name}`}>
        <form action={submit} className="flex flex-col gap-4">
          <TextAreaField
            label="One label a line"
            name="labels"
            defaultValue={state.values.labels ?? lines}
            placeholder="disk=ssd"
            error={state.fields.labels}
            hint="A service is placed by them: node.labels.disk == ssd. CloudHero’s own labels stay."
          />
          {state.message && <Notice tone="bad">{state.message}</Notice>}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton>Save</SubmitButton>
          </div>
        </form>
      </Dialog>
    </>
  );
}
