"use client";

import { type FocusEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { Option } from "#components/ui/use-listbox.ts";
import type { DraftChange } from "./change-draft.ts";
import { type DraftNode, mostNodes } from "./draft.ts";
import type { NodeIcons } from "./node-moves.tsx";
import { type NodeErrors, NodeRow, type PackageOption } from "./node-row.tsx";
import { Step } from "./step.tsx";
import { type Template, TemplatePicker } from "./template-picker.tsx";

type SectionProps = {
  nodes: readonly DraftNode[];
  sizes: readonly Option[];
  packages: readonly PackageOption[];
  templates: readonly Template[];
  icons: NodeIcons;
  errors: Record<string, string>;
  change: (change: DraftChange) => void;
  /** A template was picked. */
  onTemplate: (template: Template) => void;
};

/** Which servers, and what is on each. Alt with an arrow moves the row that has the focus. */
export function NodeSection({ nodes, sizes, packages, templates, icons, errors, change, onTemplate }: SectionProps) {
  const byNode = useMemo(() => nodeErrors(errors), [errors]);
  const { said, keep, move, list } = useMoves(nodes, change);
  return (
    <Step
      number={2}
      title="Nodes"
      count={nodes.length}
      actions={
        <>
          <TemplatePicker templates={templates} onPick={onTemplate} />
          <Button onClick={() => change({ do: "add-node" })} disabled={nodes.length >= mostNodes}>
            {icons.add}
            Add node
          </Button>
        </>
      }
    >
      {errors.nodes && <p className="px-5 pt-3 text-bad text-xs">{errors.nodes}</p>}
      <p role="status" className="sr-only">
        {said}
      </p>
      <ul ref={list} onFocusCapture={keep} onKeyDownCapture={move} className="divide-y divide-line">
        {nodes.map((node, index) => (
          <NodeRow
            key={node.key}
            node={node}
            index={index}
            count={nodes.length}
            sizes={sizes}
            packages={packages}
            icons={icons}
            errors={byNode.get(index)}
            change={change}
          />
        ))}
      </ul>
    </Step>
  );
}

/** A moved row keeps the focus that was in it, and where it is now is said. */
function useMoves(nodes: readonly DraftNode[], change: (change: DraftChange) => void) {
  const list = useRef<HTMLUListElement>(null);
  const focused = useRef<HTMLElement | null>(null);
  const [said, setSaid] = useState("");
  const order = nodes.map(({ key }) => key).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new order may have taken the focus.
  useEffect(() => {
    const last = focused.current;
    if (last?.isConnected && list.current?.contains(last) && document.activeElement === document.body) last.focus();
  }, [order]);
  const keep = (event: FocusEvent) => {
    focused.current = event.target as HTMLElement;
  };
  const move = (event: KeyboardEvent<HTMLUListElement>) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    const rows = [...(list.current?.children ?? [])];
    const index = rows.findIndex((row) => row.contains(event.target as Node));
    const node = nodes[index];
    if (!node) return;
    event.preventDefault();
    event.stopPropagation();
    const by = event.key === "ArrowUp" ? -1 : 1;
    const to = Math.min(Math.max(index + by, 0), nodes.length - 1);
    setSaid(`${node.name} is number ${to + 1} of ${nodes.length}.`);
    change({ do: "move-node", key: node.key, by });
  };
  return { said, keep, move, list };
}

/** "nodes[1].size" and "nodes[1].packages[0]" by the node's place. */
function nodeErrors(errors: Record<string, string>): Map<number, NodeErrors> {
  const found = new Map<number, NodeErrors>();
  for (const [field, message] of Object.entries(errors)) {
    const [, index, part] = /^nodes\[(\d+)\]\.(name|size|packages|expose)/.exec(field) ?? [];
    if (index && part) found.set(Number(index), { ...found.get(Number(index)), [part]: message });
  }
  return found;
}
