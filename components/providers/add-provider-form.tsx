"use client";

import { useState } from "react";
import { CopyLine } from "#components/ui/copy-line.tsx";
import { TextField } from "#components/ui/field.tsx";
import { blank, type FormState } from "#components/ui/form-state.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useForm } from "#components/ui/use-form.ts";
import type { ProviderType } from "#lib/providers/provider.ts";
import { PolicyBlock } from "./policy-block.tsx";
import { providerFields } from "./provider-fields.ts";
import { ProviderIcon, providerTitle } from "./provider-type.tsx";
import { SettingField } from "./setting-field.tsx";

type Add = (state: FormState, form: FormData) => Promise<FormState>;
const types: readonly ProviderType[] = ["docker", "ec2", "digital_ocean"];

type FormProps = {
  add: Add;
  /** What a role that is assumed must demand; the organisation's own. */
  externalId: string;
  /** Roles may be assumed from CloudHero's own identity, without keys. */
  keyless: boolean;
  /** The least that credentials must be allowed, by type. */
  policies: Partial<Record<ProviderType, object>>;
};

export function AddProviderForm({ add, externalId, keyless, policies }: FormProps) {
  const [{ message, fields, values }, submit] = useForm(add, blank);
  const [type, setType] = useState<ProviderType>("docker");
  const [host, setHost] = useState("");
  const isLocal = type === "docker" && host.startsWith("unix:");
  const asked = providerFields[type].filter(({ remote }) => !(remote && isLocal));
  const rare = asked.filter((field) => field.rare);
  const show = (field: (typeof asked)[number]) => (
    <SettingField
      key={`${type} ${field.name}`}
      field={field}
      error={fields[field.name]}
      value={values[field.name]}
      onChange={field.name === "host" ? setHost : undefined}
    />
  );
  return (
    <form action={submit} className="flex flex-col gap-5 p-5" noValidate>
      {/* A form that was refused is reset: the choice is made anew, as it was sent. */}
      <TypeChoice key={JSON.stringify(values)} type={type} onChange={setType} />
      {message && <Notice tone="bad">{message}</Notice>}
      <TextField
        label="Name"
        name="provider_name"
        placeholder="my-provider"
        hint="For your own eyes."
        error={fields.provider_name}
        defaultValue={values.provider_name}
      />
      {asked.filter((field) => !field.rare).map(show)}
      {rare.length > 0 && (
        <details className="group" open={rare.some(({ name }) => fields[name] || values[name])}>
          <summary className="w-fit rounded-sm font-medium text-ink-soft hover:text-ink">More settings</summary>
          <div className="mt-4 flex flex-col gap-5">
            {rare.map(show)}
            {type === "ec2" && <RoleAdvice externalId={externalId} keyless={keyless} />}
          </div>
        </details>
      )}
      {policies[type] && (
        <details className="group">
          <summary className="w-fit rounded-sm font-medium text-ink-soft hover:text-ink">
            What must this key be allowed?
          </summary>
          <div className="mt-3">
            <PolicyBlock policy={policies[type]} />
          </div>
        </details>
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
              defaultChecked={choice === type}
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

function RoleAdvice({ externalId, keyless }: Pick<FormProps, "externalId" | "keyless">) {
  return (
    <div className="flex flex-col gap-2 text-ink-soft text-xs">
      <p>
        A role’s trust policy must name{" "}
        {keyless ? "these keys, or CloudHero’s own identity where none are given," : "these keys"} and demand this
        external ID, which is yours alone:
      </p>
      <CopyLine text={externalId} label="Copy the external ID" />
    </div>
  );
}
