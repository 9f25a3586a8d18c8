"use client";

import Link from "next/link";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { sortProblems } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { unanswered } from "#components/ui/unanswered.ts";
import type { Problem } from "#lib/errors.ts";

const timeoutMs = 30_000;

type FieldsProps = { servers: () => object; suggested: string };
type DialogProps = FieldsProps & { open: boolean; onClose: () => void };

/** Asks for a template's name, keeps it, and says where it is. */
export function SaveDialog({ open, onClose, ...fields }: DialogProps) {
  const [saved, setSaved] = useState(false);
  return (
    <Dialog open={open} onClose={onClose} title={saved ? "Saved" : "Save as template"}>
      {saved ? (
        <p role="status" className="text-ink-soft">
          It stands among{" "}
          <Link href="/dashboard/templates" className="rounded-sm font-medium text-ink underline">
            the templates
          </Link>{" "}
          of everybody in your organisation.
        </p>
      ) : (
        <SaveFields {...fields} onSaved={() => setSaved(true)} />
      )}
    </Dialog>
  );
}

function SaveFields({ servers, suggested, onSaved }: FieldsProps & { onSaved: () => void }) {
  const [name, setName] = useState(suggested);
  const [description, setDescription] = useState("");
  const [{ fields, message }, setRefused] = useState<ReturnType<typeof sortProblems>>({ fields: {} });
  const [busy, startTransition] = useTransition();
  const save = () =>
    startTransition(async () => {
      const problems = await post({ name, description, ...servers() });
      if (problems.length === 0) onSaved();
      setRefused(sortProblems(problems, (field) => field === "name" || field === "description"));
    });
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-soft">
        Names, sizes, packages and open ports are kept; provider, region and data are not. Elsewhere, sizes are chosen
        that are as big.
      </p>
      {message && <Notice tone="bad">{message}</Notice>}
      <TextField
        label="Name of the template"
        name="name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          save();
        }}
        error={fields.name}
        autoComplete="off"
      />
      <TextField
        label="What it is for"
        name="description"
        value={description}
        onChange={(event) => setDescription(event.target.value)}
        error={fields.description}
        autoComplete="off"
      />
      <div className="flex justify-end">
        <Button variant="primary" onClick={save} disabled={busy} aria-busy={busy}>
          Save template
        </Button>
      </div>
    </div>
  );
}

async function post(body: object): Promise<Problem[]> {
  try {
    const response = await fetch("/templates", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return response.ok ? [] : (await response.json()).errors;
  } catch {
    return [{ code: "unavailable", message: unanswered }];
  }
}
