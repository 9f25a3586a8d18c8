"use client";

import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { sayUnanswered } from "#components/ui/unanswered.ts";

type AcceptProps = { accept: () => Promise<string | undefined>; organisation: string };

/** Joins as who has logged in, and goes to the organisation. */
export function AcceptButton({ accept, organisation }: AcceptProps) {
  const [problem, setProblem] = useState<string>();
  const [busy, startTransition] = useTransition();
  const join = () =>
    startTransition(async () => {
      const refused = await accept().catch(sayUnanswered);
      setProblem(refused);
      if (!refused) location.assign("/dashboard");
    });
  return (
    <div className="flex flex-col gap-4">
      {problem && <Notice tone="bad">{problem}</Notice>}
      <Button variant="primary" onClick={join} disabled={busy} aria-busy={busy}>
        Join {organisation}
      </Button>
    </div>
  );
}
