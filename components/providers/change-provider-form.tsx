"use client";

import { TextField } from "#components/ui/field.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";
import type { ProviderType } from "#lib/providers/provider.ts";
import { providerFields } from "./provider-fields.ts";
import { SettingField } from "./setting-field.tsx";

type Change = (state: FormState, form: FormData) => Promise<FormState>;
type FormProps = { type: ProviderType; name: string; meta: Record<string, string>; fixed: boolean; change: Change };

/** Renames a provider, or gives it other credentials; what is left empty stays as it is. `fixed`: the name alone. */
export function ChangeProviderForm({ type, name, meta, fixed, change }: FormProps) {
  const [{ message, fields, values, done }, submit] = useForm(change, blank);
  return (
    <form action={submit} className="flex flex-col gap-5 p-5" noValidate>
      <TextField
        label="Name"
        name="provider_name"
        error={fields.provider_name}
        defaultValue={values.provider_name ?? name}
        key={name}
      />
      {(fixed ? [] : providerFields[type]).map((field) => (
        <SettingField
          key={`${field.name} ${meta[field.name]}`}
          field={field}
          error={fields[field.name]}
          value={values[field.name] ?? (field.choices ? meta[field.name] : undefined)}
          placeholder={field.lines ? undefined : meta[field.name]}
        />
      ))}
      {/* Certificates make the form long: what is said stands where the button was pressed. */}
      {message && <Notice tone="bad">{message}</Notice>}
      {done && <Notice>Changed.</Notice>}
      <div className="flex items-center gap-3">
        <SubmitButton>Check and change</SubmitButton>
        <p className="text-ink-faint text-xs">New credentials are tried first; running environments go on.</p>
      </div>
    </form>
  );
}
