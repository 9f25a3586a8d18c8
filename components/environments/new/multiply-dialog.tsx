"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import type { ChangeNodes } from "./change-draft.ts";
import type { DraftNode } from "./draft.ts";
import { splitName } from "./free-name.ts";
import { multiplied } from "./multiplied.ts";

type MultiplyProps = {
  open: boolean;
  node: DraftNode;
  most: number;
  onClose: () => void;
  onMultiply: (multiplied: ChangeNodes) => void;
};

/** Asks how many there are to be of a row. */
export function MultiplyDialog({ open, node: { key, name }, most, onClose, onMultiply }: MultiplyProps) {
  const [text, setText] = useState("3");
  const { stem } = splitName(name);
  const count = Number(text);
  const valid = Number.isInteger(count) && count >= 2 && count <= most;
  const act = () => {
    if (!valid) return;
    onMultiply((nodes) => multiplied(nodes, key, count));
    onClose();
  };
  return (
    <Dialog open={open} onClose={onClose} title={`Several of ${name}`}>
      <TextField
        label="How many"
        name="count"
        inputMode="numeric"
        value={text}
        onChange={(event) => setText(event.target.value.trim())}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          act();
        }}
        hint={valid ? `${stem}-1 to ${stem}-${count}, all alike.` : undefined}
        error={valid ? undefined : `2 to ${most}`}
        autoComplete="off"
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" disabled={!valid} onClick={act}>
          Make {valid ? count : "them"}
        </Button>
      </div>
    </Dialog>
  );
}
