"use client";

import { TextField } from "#components/ui/field.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { logIn } from "./web-session.ts";

type AcceptProps = {
  accept: (form: FormData) => Promise<FormState>;
  enter: () => Promise<void>;
  email: string;
  hasAccount: boolean;
};

/** Joins by the account's password, or with a new account; then logs in, and goes to what was joined. */
export function AcceptForm({ accept, enter, email, hasAccount }: AcceptProps) {
  const [{ message, fields, values }, submit] = useForm(async (_: FormState, form: FormData) => {
    const state = await accept(form);
    if (!state.done) return state;
    const problem = await logIn(email, String(form.get("password")));
    if (problem) location.assign("/login");
    else await enter();
    return { ...state, values: {} };
  }, blank);
  return (
    <form action={submit} className="flex flex-col gap-4" noValidate>
      {message && <Notice tone="bad">{message}</Notice>}
      {!hasAccount && (
        <TextField label="Your name" name="name" autoComplete="name" error={fields.name} defaultValue={values.name} />
      )}
      <TextField label="E-mail" name="email" type="email" autoComplete="username" value={email} readOnly />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete={hasAccount ? "current-password" : "new-password"}
        hint={hasAccount ? "Of your account at CloudHero." : "At least 10 characters."}
        error={fields.password}
      />
      <SubmitButton>{hasAccount ? "Log in and join" : "Create account and join"}</SubmitButton>
    </form>
  );
}
