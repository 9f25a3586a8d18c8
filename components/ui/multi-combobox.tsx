"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { controlProps, Field } from "./field.tsx";
import { OptionListLater } from "./option-list-later.tsx";
import { type Option, useListbox } from "./use-listbox.ts";

type MultiProps = {
  label: string;
  name: string;
  options: readonly Option[];
  values: readonly string[];
  onChange: (values: string[]) => void;
  placeholder?: string;
  hint?: ReactNode;
  error?: string;
};

/** Picks any number; what is picked stands in the field, and Backspace takes the last one out. */
export function MultiCombobox({ label, name, options, values, onChange, placeholder, hint, error }: MultiProps) {
  const without = (value: string) => values.filter((other) => other !== value);
  const listbox = useListbox(options, (value) => {
    onChange(values.includes(value) ? without(value) : [...values, value]);
    listbox.type("");
  });
  const { query, type, field } = listbox;
  const last = values.at(-1);
  return (
    <Field {...{ label, name, hint, error }}>
      <div className="relative">
        <div
          className={`flex min-h-9 flex-wrap items-center gap-1 rounded-md border bg-surface px-1.5 py-1 focus-within:outline-2 focus-within:outline-accent focus-within:outline-offset-2 ${error ? "border-bad" : "border-line-strong/60 hover:border-line-strong"}`}
        >
          {values.map((value) => {
            const { label: text, icon } = options.find((option) => option.value === value) ?? { label: value };
            return <Chip key={value} text={text} icon={icon} onRemove={() => onChange(without(value))} />;
          })}
          <input
            {...controlProps({ name, hint, error })}
            {...field}
            value={query}
            placeholder={values.length === 0 ? placeholder : ""}
            onChange={(event) => type(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Backspace" && query === "" && last) onChange(without(last));
              else field.onKeyDown(event);
            }}
            className="h-6 min-w-16 flex-1 bg-transparent px-1.5 text-sm outline-none placeholder:text-ink-faint"
          />
        </div>
        <OptionListLater listbox={listbox} label={label} chosen={values} multiple />
      </div>
    </Field>
  );
}

function Chip({ text, icon, onRemove }: { text: string; icon: ReactNode; onRemove: () => void }) {
  return (
    <span className="inline-flex h-6 items-center gap-1 rounded bg-raised pr-0.5 pl-1.5 text-xs">
      {icon}
      {text}
      <button
        type="button"
        aria-label={`Remove ${text}`}
        onClick={onRemove}
        className="grid size-5 place-items-center rounded text-ink-faint hover:text-ink"
      >
        <X className="size-3" aria-hidden />
      </button>
    </span>
  );
}
