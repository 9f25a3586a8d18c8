"use client";

import Link from "next/link";
import { useActionState } from "react";
import { TextField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { logIn } from "./web-session.ts";

type State = { email: string; problem?: string };

/** Logs in and goes to `next`, a path of ours. */
export function LogInForm({ next, email = "" }: { next: string; email?: string }) {
  const [state, submit] = useActionState(
    async (_: State, form: FormData): Promise<State> => {
      const typed = String(form.get("email"));
      const problem = await logIn(typed, String(form.get("password")));
      if (problem) return { email: typed, problem };
      location.assign(next);
      return { email: typed };
    },
    { email },
  );
  return (
    <form action={submit} className="flex flex-col gap-4">
      {state.problem && <Notice tone="bad">{state.problem}</Notice>}
      <TextField label="E-mail" name="email" type="email" autoComplete="username" required defaultValue={state.email} />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
      <SubmitButton>Log in</SubmitButton>
      <Link href="/forgot-password" className="self-center text-ink-soft underline underline-offset-2 hover:text-ink">
        Forgotten your password?
      </Link>
    </form>
  );
}
