const names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

type DayProps = { days: number[]; disabled: boolean; error?: string; onChange: (days: number[]) => void };

/** Days of the week, Monday first. */
export function DayChoice({ days, disabled, error, onChange }: DayProps) {
  const flip = (day: number) =>
    onChange(days.includes(day) ? days.filter((other) => other !== day) : [...days, day].sort((a, b) => a - b));
  return (
    <fieldset disabled={disabled} aria-describedby={error ? "error-schedule.days" : undefined}>
      <legend className="mb-1.5 font-medium">Runs on</legend>
      <div className="flex flex-wrap gap-1.5">
        {names.map((name, index) => (
          <label
            key={name}
            className="grid h-9 w-12 cursor-pointer place-items-center rounded-md border border-line-strong/60 text-ink-soft has-checked:border-accent has-checked:bg-accent-soft has-checked:font-medium has-checked:text-ink has-disabled:cursor-not-allowed has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
          >
            <input
              type="checkbox"
              className="sr-only"
              checked={days.includes(index + 1)}
              onChange={() => flip(index + 1)}
              aria-label={name}
            />
            <span aria-hidden>{name.slice(0, 3)}</span>
          </label>
        ))}
      </div>
      {error && (
        <p id="error-schedule.days" className="mt-1.5 text-bad text-xs">
          {error}
        </p>
      )}
    </fieldset>
  );
}
