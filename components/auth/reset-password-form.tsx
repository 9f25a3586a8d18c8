"use client";

import { TextField } from "#components/ui/field.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { logIn } from "./web-session.ts";

type Choose = (form: FormData) => Promise<FormState>;

/** Sets a new password by `choose`, and logs in with it. */
export function ResetPasswordForm({ choose, email }: { choose: Choose; email: string }) {
  const [{ message, fields }, submit] = useForm(async (_: FormState, form: FormData) => {
    const state = await choose(form);
    if (!state.done) return state;
    const problem = await logIn(email, String(form.get("password")));
    location.assign(problem ? "/login" : "/dashboard");
    return state;
  }, blank);
  return (
    <form action={submit} className="flex flex-col gap-4" noValidate>
      {message && <Notice tone="bad">{message}</Notice>}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <TextField
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="At least 10 characters."
        error={fields.password}
      />
      <SubmitButton>Set password and log in</SubmitButton>
    </form>
  );
}
