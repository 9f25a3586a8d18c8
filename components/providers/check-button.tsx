"use client";

import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { sayUnanswered } from "#components/ui/unanswered.ts";

/** Tries a provider's credentials now, and says what came of it. */
export function CheckButton({ check }: { check: () => Promise<string | undefined> }) {
  const [answer, setAnswer] = useState<{ problem: string | undefined }>();
  const [busy, startTransition] = useTransition();
  const act = () => startTransition(async () => setAnswer({ problem: await check().catch(sayUnanswered) }));
  return (
    <>
      <Button onClick={act} disabled={busy} aria-busy={busy}>
        {busy ? "Asking the cloud …" : "Check now"}
      </Button>
      <span role="status">{answer && !answer.problem && "The cloud takes these credentials."}</span>
      {answer?.problem && <Notice tone="bad">{answer.problem}</Notice>}
    </>
  );
}
