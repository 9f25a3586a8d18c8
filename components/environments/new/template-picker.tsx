"use client";

import { Combobox } from "#components/ui/combobox.tsx";
import type { Option } from "#components/ui/use-listbox.ts";
import type { TemplateNode } from "#lib/model/templates.ts";

export type Template = Option & { nodes: TemplateNode[] };

type PickerProps = { templates: readonly Template[]; onPick: (template: Template) => void };

/** Fills the nodes in from a template. */
export function TemplatePicker({ templates, onPick }: PickerProps) {
  return (
    <div className="w-56 [&_label]:sr-only">
      <Combobox
        label="Start from a template"
        name="template"
        placeholder="Start from a template"
        options={templates}
        value=""
        onChange={(value) => {
          const picked = templates.find((template) => template.value === value);
          if (picked) onPick(picked);
        }}
      />
    </div>
  );
}
