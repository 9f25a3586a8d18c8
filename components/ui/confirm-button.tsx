"use client";

import { type ComponentProps, type ReactNode, useState, useTransition } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { TextField } from "./field.tsx";
import { Notice } from "./notice.tsx";
import { sayUnanswered } from "./unanswered.ts";

type ConfirmProps = {
  title: string;
  /** What happens, and what is lost. */
  children: ReactNode;
  confirm: string;
  /** Does it; answers why it could not, or nothing. */
  onConfirm: () => Promise<string | undefined>;
  trigger: ReactNode;
  danger?: boolean;
  /** Must be typed before it can be done. */
  typed?: string;
} & Pick<ComponentProps<typeof Button>, "variant" | "size" | "disabled" | "aria-label">;

/** A button whose act is asked about first; a refusal is shown in the dialog, which stays open. */
export function ConfirmButton({
  title,
  children,
  confirm,
  onConfirm,
  trigger,
  danger,
  typed,
  ...button
}: ConfirmProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const [busy, startTransition] = useTransition();
  const show = () => {
    setProblem(undefined);
    setText("");
    setOpen(true);
  };
  const act = () =>
    startTransition(async () => {
      const refused = await onConfirm().catch(sayUnanswered);
      setProblem(refused);
      if (!refused) setOpen(false);
    });
  return (
    <>
      <Button onClick={show} {...button}>
        {trigger}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={title}>
        <div className="flex flex-col gap-3 text-ink-soft">{children}</div>
        {typed && (
          <TextField
            label={`Type ${typed} to go on`}
            name="typed"
            value={text}
            onChange={(event) => setText(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        {problem && <Notice tone="bad">{problem}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button
            variant={danger ? "danger" : "primary"}
            onClick={act}
            disabled={busy || (typed !== undefined && text.trim() !== typed)}
            aria-busy={busy}
          >
            {confirm}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
