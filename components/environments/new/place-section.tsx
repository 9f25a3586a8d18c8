"use client";

import { Button } from "#components/ui/button.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Metadata } from "#lib/providers/provider.ts";
import type { DraftChange } from "./change-draft.ts";
import { asTheProviderHasIt, type Draft } from "./draft.ts";
import { Step } from "./step.tsx";

export type Choice = { id: string; name: string; simulated?: boolean };

type SectionProps = {
  draft: Draft;
  applications: readonly Choice[];
  providers: readonly Choice[];
  metadata: Metadata | undefined;
  problem: string | undefined;
  retry: () => void;
  errors: Record<string, string>;
  change: (change: DraftChange) => void;
};

/** Of which application, under what name, at which provider, where. */
export function PlaceSection({
  draft,
  applications,
  providers,
  metadata,
  problem,
  retry,
  errors,
  change,
}: SectionProps) {
  const set = (values: Partial<Draft>) => change({ do: "set", values });
  return (
    <Step number={1} title="Where">
      <div className="grid gap-4 p-5 sm:grid-cols-2">
        <SelectField
          label="Application"
          name="application"
          value={draft.applicationId}
          onChange={(event) => set({ applicationId: event.target.value })}
          error={errors.application}
        >
          {applications.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value="">New application …</option>
        </SelectField>
        {draft.applicationId === "" && (
          <TextField
            label="New application’s name"
            name="application_name"
            value={draft.applicationName}
            onChange={(event) => set({ applicationName: event.target.value })}
            placeholder="shop"
            error={errors.application_name}
            autoComplete="off"
          />
        )}
        <TextField
          label="Environment"
          name="environment"
          value={draft.environment}
          onChange={(event) => set({ environment: event.target.value })}
          placeholder="staging"
          error={errors.environment}
          autoComplete="off"
        />
        <SelectField
          label="Provider"
          name="provider_id"
          value={draft.providerId}
          onChange={(event) => set({ providerId: event.target.value, region: "", ...asTheProviderHasIt })}
          error={errors.provider_id}
        >
          {providers.map(({ id, name, simulated }) => (
            <option key={id} value={id}>
              {simulated ? `${name} · Practice cloud (simulated)` : name}
            </option>
          ))}
        </SelectField>
        <RegionField
          region={draft.region}
          metadata={metadata}
          failed={problem !== undefined}
          error={errors.region}
          onChange={(region) => set({ region })}
        />
      </div>
      {problem && (
        <div className="px-5 pb-5">
          <Notice
            tone="bad"
            actions={
              <Button size="small" onClick={retry}>
                Try again
              </Button>
            }
          >
            The provider’s regions and sizes cannot be read: {problem}
          </Notice>
        </div>
      )}
    </Step>
  );
}

type RegionProps = {
  region: string;
  metadata: Metadata | undefined;
  failed: boolean;
  error: string | undefined;
  onChange: (region: string) => void;
};

function RegionField({ region: chosen, metadata, failed, error, onChange }: RegionProps) {
  const locations = Object.entries(metadata?.locations ?? {});
  return (
    <SelectField
      label="Region"
      name="region"
      value={chosen}
      onChange={(event) => onChange(event.target.value)}
      error={error}
      disabled={!metadata}
    >
      <option value="" disabled>
        {metadata ? "Choose a region" : failed ? "Unknown" : "Asking the provider …"}
      </option>
      {locations.map(([region, { name, available }]) => (
        <option key={region} value={region} disabled={!available}>
          {name === region ? region : `${region} (${name})`}
          {available ? "" : " (not available)"}
        </option>
      ))}
    </SelectField>
  );
}
