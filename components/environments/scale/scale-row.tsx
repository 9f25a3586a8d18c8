"use client";

import { CopyPlus, Trash2, Undo2 } from "lucide-react";
import { memo } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Combobox } from "#components/ui/combobox.tsx";
import { TextField } from "#components/ui/field.tsx";
import { MultiCombobox } from "#components/ui/multi-combobox.tsx";
import type { Option } from "#components/ui/use-listbox.ts";
import type { ScaleChange, ScaleNode } from "./scale-draft.ts";

type RowProps = {
  node: ScaleNode;
  /** It is the only one that stays. */
  single: boolean;
  sizes: readonly Option[];
  packages: readonly Option[];
  errors: Record<string, string>;
  change: (change: ScaleChange) => void;
};

/** One server, as it is to be; one that is to go stays in sight until it is. */
export const ScaleRow = memo(function ScaleRow({ node, single, sizes, packages, errors, change }: RowProps) {
  const { key, name, was, removed } = node;
  const set = (values: Partial<Pick<ScaleNode, "name" | "size" | "packages" | "open">>) =>
    change({ do: "set", key, values });
  if (removed)
    return (
      <li className="flex flex-wrap items-center justify-between gap-3 px-5 py-4">
        <p className="flex items-center gap-2">
          <span className="font-medium line-through">{name}</span> <Badge tone="bad">to be removed</Badge>
        </p>
        <Button size="small" onClick={() => change({ do: "restore", key })}>
          <Undo2 className="size-3.5" aria-hidden />
          Keep {name}
        </Button>
      </li>
    );
  return (
    <li className="grid gap-x-4 gap-y-3 px-5 py-4 sm:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)_minmax(0,1.6fr)_minmax(0,1fr)_auto]">
      <TextField
        label="Name"
        name={`${key}.name`}
        value={name}
        readOnly={was !== undefined}
        onChange={(event) => set({ name: event.target.value })}
        error={errors.name}
        hint={was ? undefined : "New"}
        className={was ? "read-only:bg-raised read-only:text-ink-soft" : ""}
        autoComplete="off"
        spellCheck={false}
      />
      <div className="min-w-0">
        <Combobox
          label="Size"
          name={`${key}.size`}
          options={sizes}
          value={node.size}
          onChange={(size) => set({ size })}
          placeholder="Choose a size"
          error={errors.size}
          disabled={sizes.length === 0}
        />
        {was && was.size !== node.size && (
          <p className="mt-1 text-warn text-xs">Was {was.size}: gets a new, empty server.</p>
        )}
      </div>
      <MultiCombobox
        label="Packages"
        name={`${key}.packages`}
        options={packages}
        values={node.packages}
        onChange={(chosen) => set({ packages: chosen })}
        placeholder="nginx, postgresql, docker …"
        error={errors.packages}
      />
      <TextField
        label="Open ports"
        name={`${key}.expose`}
        value={node.open}
        onChange={(event) => set({ open: event.target.value })}
        placeholder="none but SSH"
        error={errors.expose}
        autoComplete="off"
        spellCheck={false}
      />
      <div className="flex gap-1 sm:col-span-2 xl:col-span-1 xl:pt-6.5">
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Add one like ${name}`}
          title="Add one like it"
          onClick={() => change({ do: "add-like", key })}
        >
          <CopyPlus className="size-4" aria-hidden />
        </Button>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Remove ${name}`}
          title="Remove"
          disabled={single}
          onClick={() => change({ do: "remove", key })}
        >
          <Trash2 className="size-4" aria-hidden />
        </Button>
      </div>
    </li>
  );
});
