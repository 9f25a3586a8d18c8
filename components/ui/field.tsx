import type { ComponentProps, ReactNode } from "react";

type Framed = { label: string; name: string; hint?: ReactNode; error?: string; hideLabel?: boolean };

/** The look of a text control; red where its field has an error. */
export const controlClass =
  "w-full min-w-0 rounded-md border border-line-strong/60 bg-surface px-3 text-sm text-ink placeholder:text-ink-faint hover:border-line-strong aria-invalid:border-bad disabled:opacity-60";

/** What ties a control to its label, hint and error. */
export const controlProps = ({ name, hint, error }: Pick<Framed, "name" | "hint" | "error">) => ({
  id: `field-${name}`,
  "aria-invalid": error ? true : undefined,
  "aria-describedby": error ? `error-${name}` : hint ? `hint-${name}` : undefined,
});

/** A label above a control, and below it the error or else the hint. */
export function Field({ label, name, hint, error, hideLabel, children }: Framed & { children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={`field-${name}`} className={hideLabel ? "sr-only" : "font-medium text-sm"}>
        {label}
      </label>
      {children}
      {error ? (
        <p id={`error-${name}`} className="text-bad text-xs">
          {error}
        </p>
      ) : hint ? (
        <p id={`hint-${name}`} className="text-ink-faint text-xs">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

export function TextField({
  label,
  hint,
  error,
  hideLabel,
  name,
  className = "",
  ...rest
}: Framed & ComponentProps<"input">) {
  return (
    <Field {...{ label, name, hint, error, hideLabel }}>
      <input
        {...controlProps({ name, hint, error })}
        name={name}
        className={`${controlClass} h-9 ${className}`}
        {...rest}
      />
    </Field>
  );
}

export function TextAreaField({ label, hint, error, hideLabel, name, ...rest }: Framed & ComponentProps<"textarea">) {
  return (
    <Field {...{ label, name, hint, error, hideLabel }}>
      <textarea
        {...controlProps({ name, hint, error })}
        name={name}
        className={`${controlClass} py-2 font-mono text-xs`}
        rows={4}
        spellCheck={false}
        {...rest}
      />
    </Field>
  );
}

/** A form that was sent goes back to its first choice, and React sets that once alone: another default is another control. */
export function SelectField({ label, hint, error, hideLabel, name, ...rest }: Framed & ComponentProps<"select">) {
  return (
    <Field {...{ label, name, hint, error, hideLabel }}>
      <select
        key={String(rest.defaultValue)}
        {...controlProps({ name, hint, error })}
        name={name}
        className={`${controlClass} h-9`}
        {...rest}
      />
    </Field>
  );
}
