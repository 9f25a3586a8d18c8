"use client";

import { Combobox } from "#components/ui/combobox.tsx";
import type { TemplateNode } from "#lib/model/templates.ts";

export type Template = { id: string; name: string; description: string; nodes: TemplateNode[]; builtIn: boolean };

type PickerProps = { templates: readonly Template[]; onPick: (template: Template) => void };

/** Fills the nodes in from a template; a team's own come first. */
export function TemplatePicker({ templates, onPick }: PickerProps) {
  const sorted = templates.toSorted((a, b) => Number(a.builtIn) - Number(b.builtIn));
  return (
    <div className="w-56 [&_label]:sr-only">
      <Combobox
        label="Start from a template"
        name="template"
        placeholder="Start from a template"
        options={sorted.map(({ id, name, description, builtIn, nodes }) => ({
          value: id,
          label: name,
          detail: description || (builtIn ? "" : "Yours"),
          aside: [nodes.length === 1 ? "1 node" : `${nodes.length} nodes`],
        }))}
        value=""
        onChange={(id) => {
          const picked = templates.find((template) => template.id === id);
          if (picked) onPick(picked);
        }}
      />
    </div>
  );
}
