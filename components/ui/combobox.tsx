"use client";

import { ChevronsUpDown } from "lucide-react";
import { controlClass, controlProps, Field } from "./field.tsx";
import { OptionList } from "./option-list.tsx";
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
  return (
    <Field {...{ label, name, hint: hint ?? chosen?.detail, error }}>
      <div className="relative">
        <input
          {...controlProps({ name, hint: hint ?? chosen?.detail, error })}
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
        <OptionList listbox={listbox} label={label} chosen={[value]} />
      </div>
    </Field>
  );
}
