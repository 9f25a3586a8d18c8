"use client";

import { CopyPlus, Trash2 } from "lucide-react";
import { memo } from "react";
import { Button } from "#components/ui/button.tsx";
import { Combobox } from "#components/ui/combobox.tsx";
import { TextField } from "#components/ui/field.tsx";
import { MultiCombobox } from "#components/ui/multi-combobox.tsx";
import type { Option } from "#components/ui/use-listbox.ts";
import type { DraftChange, DraftNode } from "./draft.ts";

export type NodeErrors = { name?: string; size?: string; packages?: string };

type RowProps = {
  node: DraftNode;
  index: number;
  single: boolean;
  sizes: readonly Option[];
  packages: readonly Option[];
  errors: NodeErrors | undefined;
  change: (change: DraftChange) => void;
};

/** One server of the new environment; drawn again only when it or its choices change. */
export const NodeRow = memo(function NodeRow({ node, index, single, sizes, packages, errors, change }: RowProps) {
  const { key } = node;
  const set = (values: Partial<DraftNode>) => change({ do: "set-node", index, values });
  const field = (name: string) => `nodes[${index}].${name}`;
  return (
    <li className="grid gap-x-4 gap-y-3 px-5 py-4 md:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)_minmax(0,1.8fr)_auto]">
      <TextField
        label="Name"
        name={field("name")}
        value={node.name}
        onChange={(event) => set({ name: event.target.value })}
        error={errors?.name}
        autoComplete="off"
        spellCheck={false}
      />
      <Combobox
        label="Size"
        name={field("size")}
        options={sizes}
        value={node.size}
        onChange={(size) => set({ size })}
        placeholder={sizes.length > 0 ? "Choose a size" : "Choose a region first"}
        error={errors?.size}
        disabled={sizes.length === 0}
      />
      <MultiCombobox
        label="Packages"
        name={field("packages")}
        options={packages}
        values={node.packages}
        onChange={(chosen) => set({ packages: chosen })}
        placeholder="nginx, postgresql, docker …"
        error={errors?.packages}
      />
      <div className="flex gap-1 md:pt-6.5">
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Duplicate ${node.name}`}
          title="Duplicate"
          onClick={() => change({ do: "duplicate-node", key })}
        >
          <CopyPlus className="size-4" aria-hidden />
        </Button>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Remove ${node.name}`}
          title="Remove"
          disabled={single}
          onClick={() => change({ do: "remove-node", key })}
        >
          <Trash2 className="size-4" aria-hidden />
        </Button>
      </div>
    </li>
  );
});
