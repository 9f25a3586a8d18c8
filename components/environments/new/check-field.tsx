import type { ReactNode } from "react";

type CheckProps = {
  name: string;
  title: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
};

/** A yes or no, with what it means. */
export function CheckField({ name, title, checked, onChange, children }: CheckProps) {
  return (
    <label className="flex items-start gap-3 px-5 py-4">
      <input
        type="checkbox"
        name={name}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        aria-describedby={`hint-${name}`}
        aria-labelledby={`label-${name}`}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span>
        <span id={`label-${name}`} className="block font-medium">
          {title}
        </span>
        <span id={`hint-${name}`} className="block text-ink-soft">
          {children}
        </span>
      </span>
    </label>
  );
}
