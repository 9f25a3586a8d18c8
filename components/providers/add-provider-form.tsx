"use client";

import { useActionState, useState } from "react";
import { TextAreaField, TextField } from "#components/ui/field.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { ProviderType } from "#lib/providers/provider.ts";
import { type ProviderField, providerFields } from "./provider-fields.ts";
import { ProviderIcon, providerTitle } from "./provider-type.tsx";

type Add = (state: FormState, form: FormData) => Promise<FormState>;
const types: readonly ProviderType[] = ["docker", "ec2", "digital_ocean"];

export function AddProviderForm({ add }: { add: Add }) {
  const [{ message, fields, values }, submit] = useActionState(add, blank);
  const [type, setType] = useState<ProviderType>("docker");
  const [host, setHost] = useState("");
  const isLocal = type === "docker" && host.startsWith("unix:");
  return (
    <form action={submit} className="flex flex-col gap-5 p-5" noValidate>
      <TypeChoice type={type} onChange={setType} />
      {message && <Notice tone="bad">{message}</Notice>}
      <TextField
        label="Name"
        name="provider_name"
        placeholder="my-provider"
        hint="For your own eyes."
        error={fields.provider_name}
        defaultValue={values.provider_name}
      />
      {providerFields[type].map((field) =>
        field.remote && isLocal ? null : (
          <SettingField
            key={field.name}
            field={field}
            error={fields[field.name]}
            value={values[field.name]}
            onChange={field.name === "host" ? setHost : undefined}
          />
        ),
      )}
      <div className="flex items-center gap-3">
        <SubmitButton>Check and add</SubmitButton>
        <p className="text-ink-faint text-xs">One cheap call to the cloud; nothing is made there.</p>
      </div>
    </form>
  );
}

function TypeChoice({ type, onChange }: { type: ProviderType; onChange: (type: ProviderType) => void }) {
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">Cloud</legend>
      <div className="grid gap-2 sm:grid-cols-3">
        {types.map((choice) => (
          <label
            key={choice}
            className="flex cursor-pointer items-center gap-2.5 rounded-md border border-line px-3 py-2.5 font-medium hover:bg-raised has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
          >
            <input
              type="radio"
              name="cloud_provider"
              value={choice}
              checked={choice === type}
              onChange={() => onChange(choice)}
              className="sr-only"
            />
            <ProviderIcon type={choice} />
            {providerTitle(choice)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type SettingProps = { field: ProviderField; error?: string; value?: string; onChange?: (text: string) => void };

function SettingField({ field, error, value, onChange }: SettingProps) {
  const { name, label, hint, placeholder, secret, lines } = field;
  const common = { name, label, hint, placeholder, error, defaultValue: value, autoComplete: "off", spellCheck: false };
  if (lines) return <TextAreaField {...common} placeholder="-----BEGIN …" />;
  return (
    <TextField
      {...common}
      type={secret ? "password" : "text"}
      onChange={onChange && ((event) => onChange(event.target.value))}
    />
  );
}
