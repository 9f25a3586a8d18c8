"use client";

import { TextField } from "#components/ui/field.tsx";
import { blank, type FormState, typedIn } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { logIn } from "./web-session.ts";

type SignUp = (form: FormData) => Promise<FormState | undefined>;

/** Makes an account by `signUp`, logs in to it and goes to the dashboard. */
export function SignUpForm({ signUp }: { signUp: SignUp }) {
  const [{ message, fields, values }, submit] = useForm(async (_: FormState, form: FormData) => {
    const refused = await signUp(form);
    // What was typed stays in this browser; the server does not send passwords back.
    if (refused) return { ...refused, values: typedIn(form) };
    const problem = await logIn(String(form.get("email")), String(form.get("password")));
    location.assign(problem ? "/login" : "/dashboard");
    return blank;
  }, blank);
  return (
    <form action={submit} className="flex flex-col gap-4" noValidate>
      {message && <Notice tone="bad">{message}</Notice>}
      <TextField
        label="Company or team"
        name="name"
        autoComplete="organization"
        hint="Your servers' names begin with it."
        error={fields.name}
        defaultValue={values.name}
      />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        error={fields.email}
        defaultValue={values.email}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="At least 10 characters."
        error={fields.password}
        defaultValue={values.password}
      />
      <TextField
        label="Password, again"
        name="password_confirm"
        type="password"
        autoComplete="new-password"
        error={fields.password_confirm}
        defaultValue={values.password_confirm}
      />
      <SubmitButton>Create account</SubmitButton>
    </form>
  );
}
