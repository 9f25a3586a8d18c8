"use client";

import { CopyLine } from "#components/ui/copy-line.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { ScopeChoice } from "./scope-choice.tsx";

/** The form's state; with `token` right after one was made, the only time it can be seen. */
export type NewToken = FormState & { token?: string };
type Add = (state: NewToken, form: FormData) => Promise<NewToken>;

const lives = [
  ["", "Never expires"],
  ["30", "30 days"],
  ["90", "90 days"],
  ["365", "1 year"],
] as const;

/** `roles`: those the asker may give. What a script mostly needs is offered first: an operator's, not all that the asker may. */
export function AddTokenForm({ add, roles }: { add: Add; roles: readonly string[] }) {
  const usual = roles.find((role) => role === "operator") ?? roles.at(-1);
  const [{ message, fields, values, token, done }, submit] = useForm(add, blank as NewToken);
  return (
    <div className="flex flex-col gap-4 p-5">
      {token && (
        <div role="status" className="flex flex-col gap-2">
          <p className="font-medium">Your new token. Copy it now: it is not shown again.</p>
          <CopyLine text={token} label="Copy token" />
        </div>
      )}
      <form key={done} action={submit} className="flex flex-col gap-4" noValidate>
        {message && <Notice tone="bad">{message}</Notice>}
        <div className="grid gap-4 sm:grid-cols-3">
          <TextField label="Name" name="name" placeholder="ci" error={fields.name} defaultValue={values.name} />
          <SelectField label="Role" name="role" error={fields.role} defaultValue={values.role ?? usual}>
            {roles.map((role) => (
              <option key={role} value={role}>
                {role}
              </option>
            ))}
          </SelectField>
          <SelectField
            label="Expires"
            name="expires_in_days"
            error={fields.expires_in_days}
            defaultValue={values.expires_in_days}
          >
            {lives.map(([days, label]) => (
              <option key={days} value={days}>
                {label}
              </option>
            ))}
          </SelectField>
        </div>
        <ScopeChoice error={fields.scopes} limited={values.limited === "1"} chosen={values.scopes} />
        <div>
          <SubmitButton>Create token</SubmitButton>
        </div>
      </form>
    </div>
  );
}
