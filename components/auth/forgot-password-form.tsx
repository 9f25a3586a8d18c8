"use client";

import { MailCheck } from "lucide-react";
import { TextField } from "#components/ui/field.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";

type Ask = (state: FormState, form: FormData) => Promise<FormState>;

/** Asks for a link; what it says afterwards is the same whether the address has an account. */
export function ForgotPasswordForm({ ask }: { ask: Ask }) {
  const [{ message, fields, values, done }, submit] = useForm(ask, blank);
  if (done)
    return (
      <div role="status" className="flex flex-col items-center gap-2 py-2 text-center">
        <MailCheck className="size-6 text-good" aria-hidden />
        <p className="font-medium">Look into your mail</p>
        <p className="text-ink-soft">
          If that address has an account, a link is on its way. It works once, within an hour.
        </p>
      </div>
    );
  return (
    <form action={submit} className="flex flex-col gap-4" noValidate>
      {message && <Notice tone="bad">{message}</Notice>}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        error={fields.email}
        defaultValue={values.email}
      />
      <SubmitButton>Mail me a link</SubmitButton>
    </form>
  );
}
