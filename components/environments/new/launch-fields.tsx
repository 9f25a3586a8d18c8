"use client";

import { SelectField, TextField } from "#components/ui/field.tsx";
import type { DraftChange } from "./change-draft.ts";
import type { Draft } from "./draft.ts";
import type { Described } from "./use-metadata.ts";

const titles: Record<string, string> = { "debian-12": "Debian 12", "ubuntu-24.04": "Ubuntu 24.04" };

type LaunchProps = {
  draft: Draft;
  choices: Described["choices"];
  errors: Record<string, string>;
  change: (change: DraftChange) => void;
};

/** How servers are launched, as far as the provider leaves a choice. */
export function LaunchFields({ draft, choices, errors, change }: LaunchProps) {
  const { images, network, disk_gib: disk } = choices;
  const set = (values: Partial<Draft>) => change({ do: "set", values });
  return (
    <div className="grid gap-4 border-line border-b p-5 sm:grid-cols-2 lg:grid-cols-3">
      {images.length > 1 && (
        <SelectField
          label="Image"
          name="image"
          value={draft.image}
          onChange={(event) => set({ image: event.target.value })}
          error={errors.image}
        >
          <option value="">The provider’s usual one</option>
          {images.map((image) => (
            <option key={image} value={image}>
              {titles[image] ?? image}
            </option>
          ))}
        </SelectField>
      )}
      {network && (
        <SelectField
          label="Network"
          name="network"
          value={draft.network}
          onChange={(event) => set({ network: event.target.value as Draft["network"] })}
          error={errors.network}
        >
          <option value="">The provider’s usual one</option>
          <option value="default">The region’s default network</option>
          <option value="own">One of its own, removed with it</option>
          <option value="subnet">In a subnet of yours</option>
        </SelectField>
      )}
      {draft.network === "subnet" && (
        <TextField
          label="Subnet"
          name="subnet"
          value={draft.subnet}
          onChange={(event) => set({ subnet: event.target.value.trim() })}
          placeholder="subnet-0a1b2c3d"
          error={errors.subnet}
          autoComplete="off"
          spellCheck={false}
        />
      )}
      {disk && (
        <TextField
          label="Disk in GiB"
          name="disk_gib"
          inputMode="numeric"
          value={draft.disk}
          onChange={(event) => set({ disk: event.target.value.trim() })}
          placeholder={String(disk.usual)}
          hint={`${disk.least} to ${disk.most}; encrypted.`}
          error={errors.disk_gib}
          autoComplete="off"
        />
      )}
    </div>
  );
}
