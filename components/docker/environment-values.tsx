"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { sayUnanswered } from "#components/ui/unanswered.ts";
import type { EnvironmentEntry } from "#lib/console/environment-values.ts";
import { Pairs } from "./pairs.tsx";

type ValuesProps = {
  entries: readonly EnvironmentEntry[];
  /** Fetches all values: what looks like a secret is not in the page before. */
  reveal: () => Promise<{ problem?: string | undefined; values: Record<string, string> }>;
};

/** A container's environment; what looks like a secret is fetched when somebody asks for it. */
export function EnvironmentValues({ entries, reveal }: ValuesProps) {
  const [values, setValues] = useState<Record<string, string>>();
  const [problem, setProblem] = useState<string>();
  const [busy, startTransition] = useTransition();
  const hidden = entries.filter(({ value }) => value === null).length;
  if (entries.length === 0) return <p className="text-ink-soft">It has no variable.</p>;
  const toggle = () =>
    startTransition(async () => {
      if (values) return setValues(undefined);
      const answer = await reveal().catch((error) => ({ problem: sayUnanswered(error), values: {} }));
      setProblem(answer.problem);
      if (!answer.problem) setValues(answer.values);
    });
  return (
    <>
      {hidden > 0 && (
        <div>
          <Button size="small" onClick={toggle} disabled={busy} aria-busy={busy}>
            {values ? <EyeOff className="size-3.5" aria-hidden /> : <Eye className="size-3.5" aria-hidden />}
            {values
              ? "Hide what looks like a secret"
              : `Show ${hidden} that ${hidden === 1 ? "looks like a secret" : "look like secrets"}`}
          </Button>
        </div>
      )}
      {problem && <Notice tone="bad">{problem}</Notice>}
      <Pairs
        pairs={entries.map(({ name, value }) => [
          name,
          <code key={name} className="break-all font-mono text-xs">
            {value ?? values?.[name] ?? "••••••••"}
          </code>,
        ])}
      />
    </>
  );
}
