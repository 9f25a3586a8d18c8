"use client";

import { type ComponentProps, type ReactNode, useState, useTransition } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Notice } from "./notice.tsx";
import { sayUnanswered } from "./unanswered.ts";

type ActProps = {
  /** Does it; answers why it could not, or nothing. */
  act: () => Promise<string | undefined>;
  /** What could not be done, for the dialog that says why. */
  title: string;
  children: ReactNode;
} & Pick<ComponentProps<typeof Button>, "variant" | "size" | "aria-label" | "disabled">;

/** A button that does at once what needs no asking: nothing is lost by it. A refusal stays until it has been read. */
export function ActButton({ act, title, children, disabled, ...button }: ActProps) {
  const [problem, setProblem] = useState<string>();
  const [busy, startTransition] = useTransition();
  const run = () =>
    startTransition(async () => {
      setProblem(await act().catch(sayUnanswered));
    });
  return (
    <>
      <Button onClick={run} disabled={busy || disabled} aria-busy={busy} {...button}>
        {children}
      </Button>
      <Dialog open={problem !== undefined} onClose={() => setProblem(undefined)} title={title}>
        <Notice tone="bad">{problem}</Notice>
      </Dialog>
    </>
  );
}
