"use client";

import { ChevronsUpDown } from "lucide-react";
import { controlClass, controlProps, Field } from "./field.tsx";
import { OptionListLater } from "./option-list-later.tsx";
import { type Option, useListbox } from "./use-listbox.ts";

type ComboboxProps = {
  label: string;
  name: string;
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  hint?: string;
  error?: string;
  disabled?: boolean;
};

/** Picks one of many; typing filters. */
export function Combobox({ label, name, options, value, onChange, placeholder, hint, error, disabled }: ComboboxProps) {
  const listbox = useListbox(options, (picked) => {
    onChange(picked);
    listbox.close();
  });
  const chosen = options.find((option) => option.value === value);
  const { open, query, type, field } = listbox;
  const told = hint ?? [chosen?.detail, chosen?.aside?.[0]].filter(Boolean).join(" · ");
  return (
    <Field {...{ label, name, hint: told, error }}>
      <div className="relative">
        <input
          {...controlProps({ name, hint: told, error })}
          {...field}
          value={open ? query : (chosen?.label ?? value)}
          placeholder={chosen?.label ?? placeholder}
          onChange={(event) => type(event.target.value)}
          disabled={disabled}
          className={`${controlClass} h-9 pr-8`}
        />
        <ChevronsUpDown
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2.5 size-3.5 text-ink-faint"
          aria-hidden
        />
        <OptionListLater listbox={listbox} label={label} chosen={[value]} />
      </div>
    </Field>
  );
}
