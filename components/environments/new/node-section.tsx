"use client";

import { Plus } from "lucide-react";
import { useMemo } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import type { Option } from "#components/ui/use-listbox.ts";
import type { Size } from "#lib/providers/provider.ts";
import { type DraftChange, type DraftNode, mostNodes } from "./draft.ts";
import { type NodeErrors, NodeRow } from "./node-row.tsx";
import { describeSize } from "./sizes.ts";

type SectionProps = {
  nodes: readonly DraftNode[];
  sizes: readonly Size[];
  packages: readonly Option[];
  errors: Record<string, string>;
  change: (change: DraftChange) => void;
};

/** Which servers, and what is on each. */
export function NodeSection({ nodes, sizes, packages, errors, change }: SectionProps) {
  const sizeOptions = useMemo(
    () => sizes.map((size) => ({ value: size.id, label: size.id, detail: describeSize(size) })),
    [sizes],
  );
  const byNode = useMemo(() => nodeErrors(errors), [errors]);
  return (
    <Card>
      <div className="flex items-center justify-between border-line border-b px-5 py-3">
        <h2 className="font-semibold">
          Nodes <span className="tabular ml-1 font-normal text-ink-faint">{nodes.length}</span>
        </h2>
        <Button size="small" onClick={() => change({ do: "add-node" })} disabled={nodes.length >= mostNodes}>
          <Plus className="size-3.5" aria-hidden />
          Add node
        </Button>
      </div>
      {errors.nodes && <p className="px-5 pt-3 text-bad text-xs">{errors.nodes}</p>}
      <ul className="divide-y divide-line">
        {nodes.map((node, index) => (
          <NodeRow
            key={node.key}
            node={node}
            index={index}
            single={nodes.length === 1}
            sizes={sizeOptions}
            packages={packages}
            errors={byNode.get(index)}
            change={change}
          />
        ))}
      </ul>
    </Card>
  );
}

/** "nodes[1].size" and "nodes[1].packages[0]" by the node's place. */
function nodeErrors(errors: Record<string, string>): Map<number, NodeErrors> {
  const found = new Map<number, NodeErrors>();
  for (const [field, message] of Object.entries(errors)) {
    const [, index, part] = /^nodes\[(\d+)\]\.(name|size|packages)/.exec(field) ?? [];
    if (index && part) found.set(Number(index), { ...found.get(Number(index)), [part]: message });
  }
  return found;
}
