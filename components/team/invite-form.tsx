"use client";

import { CopyLine } from "#components/ui/copy-line.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { blank } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";
import type { NewInvitation } from "./invited.ts";

type InviteProps = {
  invite: (state: NewInvitation, form: FormData) => Promise<NewInvitation>;
  roles: readonly string[];
  /** Whether the link is mailed as well. */
  mails: boolean;
};

/** Invites an address; the link is shown once. */
export function InviteForm({ invite, roles, mails }: InviteProps) {
  const [{ message, fields, values, made, done }, submit] = useForm(invite, blank as NewInvitation);
  return (
    <div className="flex flex-col gap-4 p-5">
      {made && <InvitationLink email={made.email} link={made.link} mailed={mails} />}
      <form key={done} action={submit} className="flex flex-col gap-4" noValidate>
        {message && <Notice tone="bad">{message}</Notice>}
        <div className="grid items-start gap-4 sm:grid-cols-[minmax(0,1fr)_10rem_auto]">
          <TextField
            label="E-mail"
            name="email"
            type="email"
            autoComplete="off"
            placeholder="colleague@example.com"
            error={fields.email}
            defaultValue={values.email}
          />
          <SelectField label="Role" name="role" error={fields.role} defaultValue={values.role ?? "operator"}>
            {roles.map((role) => (
              <option key={role} value={role}>
                {role}
              </option>
            ))}
          </SelectField>
          <div className="sm:pt-6.5">
            <SubmitButton>Invite</SubmitButton>
          </div>
        </div>
      </form>
    </div>
  );
}

/** A link that is seen this once. */
export function InvitationLink({ email, link, mailed }: { email: string; link: string; mailed: boolean }) {
  return (
    <div role="status" className="flex flex-col gap-2">
      <p>
        <span className="font-medium">The invitation of {email}.</span>{" "}
        <span className="text-ink-soft">
          {mailed ? "It is on its way by mail; you can send the link as well." : "Send this link to them yourself."} It
          works once, for 7 days, for that address alone, and is not shown again.
        </span>
      </p>
      <CopyLine text={link} label="Copy link" />
    </div>
  );
}
