"use client";

import { TextField } from "#components/ui/field.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";

type PasswordFormProps = {
  hasPassword: boolean;
  /** For password managers. */
  email: string;
  change: (state: FormState, form: FormData) => Promise<FormState>;
};

/** Changes the password for the present one, or sets the first. */
export function PasswordForm({ hasPassword, email, change }: PasswordFormProps) {
  const [{ message, fields, done }, submit] = useForm(change, blank);
  return (
    <form key={done} action={submit} className="flex flex-col gap-4 p-5" noValidate>
      {message && <Notice tone="bad">{message}</Notice>}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <div className="grid max-w-2xl gap-4 sm:grid-cols-2">
        {hasPassword && (
          <TextField
            label="Present password"
            name="current_password"
            type="password"
            autoComplete="current-password"
            error={fields.current_password}
          />
        )}
        <TextField
          label="New password"
          name="password"
          type="password"
          autoComplete="new-password"
          hint="At least 10 characters. Ends other sessions."
          error={fields.password}
        />
      </div>
      <div className="flex items-center gap-3">
        <SubmitButton>{hasPassword ? "Change password" : "Set password"}</SubmitButton>
        {done && (
          <span role="status" className="text-good">
            Changed. Your other sessions have ended.
          </span>
        )}
      </div>
    </form>
  );
}
