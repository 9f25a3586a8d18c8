"use client";

import { memo } from "react";
import { Combobox } from "#components/ui/combobox.tsx";
import { TextField } from "#components/ui/field.tsx";
import { MultiCombobox } from "#components/ui/multi-combobox.tsx";
import type { Option } from "#components/ui/use-listbox.ts";
import type { DraftChange } from "./change-draft.ts";
import type { DraftNode } from "./draft.ts";
import { type NodeIcons, NodeMoves } from "./node-moves.tsx";
import { portsText, readPorts } from "./ports.ts";

export type NodeErrors = { name?: string; size?: string; packages?: string; expose?: string };
export type PackageOption = Option & { ports: readonly number[] };

type RowProps = {
  node: DraftNode;
  index: number;
  count: number;
  sizes: readonly Option[];
  packages: readonly PackageOption[];
  icons: NodeIcons;
  errors: NodeErrors | undefined;
  change: (change: DraftChange) => void;
};

/** One server of the new environment; drawn again only when it or its choices change. */
export const NodeRow = memo(function NodeRow({ node, index, count, sizes, packages, icons, errors, change }: RowProps) {
  const set = (values: Partial<DraftNode>) => change({ do: "set-node", index, values });
  const field = (name: string) => `nodes[${index}].${name}`;
  return (
    <li
      aria-label={node.name}
      className="grid gap-x-4 gap-y-3 px-5 py-4 sm:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)_minmax(0,1.5fr)_minmax(0,1fr)_auto]"
    >
      <TextField
        label="Name"
        name={field("name")}
        value={node.name}
        onChange={(event) => set({ name: event.target.value })}
        error={errors?.name}
        autoComplete="off"
        spellCheck={false}
      />
      <div className="min-w-0">
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
        <Swapped node={node} />
      </div>
      <MultiCombobox
        label="Packages"
        name={field("packages")}
        options={packages}
        values={node.packages}
        onChange={(chosen) => set({ packages: chosen })}
        placeholder="nginx, docker …"
        error={errors?.packages}
      />
      <OpenPorts {...{ node, packages, set }} name={field("expose")} error={errors?.expose} />
      <NodeMoves {...{ node, index, count, icons, change }} />
    </li>
  );
});

type PortsProps = {
  node: DraftNode;
  packages: readonly PackageOption[];
  name: string;
  error: string | undefined;
  set: (values: Partial<DraftNode>) => void;
};

/** What the world may reach; the ports of what is installed are one click away. */
function OpenPorts({ node, packages, name, error, set }: PortsProps) {
  const { open } = readPorts(node.open);
  const listening = packages
    .filter(({ value }) => node.packages.includes(value))
    .flatMap(({ ports }) => ports.slice(0, 1));
  const closed = [...new Set(listening)].filter((port) => !open.some((one) => one.port === port));
  const add = (port: number) => set({ open: portsText([...open, { port, cidr: "0.0.0.0/0" }]) });
  return (
    <div className="min-w-0">
      <TextField
        label="Open ports"
        name={name}
        value={node.open}
        onChange={(event) => set({ open: event.target.value })}
        placeholder="none but SSH"
        error={error}
        autoComplete="off"
        spellCheck={false}
      />
      {closed.length > 0 && !error && (
        <p className="mt-1.5 flex flex-wrap gap-x-2 text-xs">
          {closed.map((port) => (
            <button
              key={port}
              type="button"
              aria-label={`Open ${port} on ${node.name} to everybody`}
              onClick={() => add(port)}
              className="rounded-sm text-accent hover:underline"
            >
              Open {port}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}

function Swapped({ node: { swapped, size } }: { node: DraftNode }) {
  if (!swapped) return null;
  const { from, short } = swapped;
  return (
    <p className={`mt-1 text-xs ${short ? "text-warn" : "text-ink-soft"}`}>
      {from && `${from} is not there: `}
      {short ? `${size} is the biggest here, and smaller than was asked for.` : `${size} is as big.`}
    </p>
  );
}
