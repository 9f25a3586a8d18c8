"use client";

import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { LoginProvider } from "#lib/auth/login-providers.ts";
import { logInElsewhere } from "./web-session.ts";

type ProviderButtonsProps = { providers: readonly LoginProvider[]; next: string; verb?: string };

/** Ways to log in without a password; each leads to its provider, and back to `next`. */
export function ProviderButtons({ providers, next, verb = "Continue with" }: ProviderButtonsProps) {
  const [problem, setProblem] = useState<string>();
  const [busy, startTransition] = useTransition();
  const go = (id: string) => startTransition(async () => setProblem(await logInElsewhere(id, next)));
  return (
    <div className="flex flex-col gap-2">
      {problem && <Notice tone="bad">{problem}</Notice>}
      {providers.map(({ id, name }) => (
        <Button key={id} onClick={() => go(id)} disabled={busy} className="w-full">
          {verb} {name}
        </Button>
      ))}
    </div>
  );
}

/** The line between two ways in. */
export function OrLine() {
  return (
    <div className="my-5 flex items-center gap-3 text-ink-faint text-xs">
      <span className="h-px flex-1 bg-line" />
      or
      <span className="h-px flex-1 bg-line" />
    </div>
  );
}
