import { scopes, scopeWords } from "#lib/model/scopes.ts";

type ChoiceProps = {
  error?: string;
  /** What was sent and refused stays chosen. */
  limited?: boolean;
  /** Scopes, with commas between. */
  chosen?: string;
};

/** All that the role may, or some of it: the list opens by CSS alone when "only" is chosen. */
export function ScopeChoice({ error, limited = false, chosen = "" }: ChoiceProps) {
  return (
    <fieldset className="group flex flex-col gap-2" aria-describedby={error ? "error-scopes" : undefined}>
      <legend className="mb-1.5 font-medium text-sm">For</legend>
      <Way value="" label="Everything the role allows" defaultChecked={!limited} />
      <Way value="1" label="Only these" defaultChecked={limited} />
      <div className="hidden gap-x-4 gap-y-0.5 pl-6 group-has-[input[value='1']:checked]:grid sm:grid-cols-2">
        {scopes.map((scope) => (
          <label key={scope} className="flex cursor-pointer gap-2.5 rounded-md p-1.5 hover:bg-raised">
            <input
              type="checkbox"
              name="scopes"
              value={scope}
              defaultChecked={chosen.split(",").includes(scope)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span>
              <code className="block font-mono text-xs">{scope}</code>
              <span className="block text-ink-faint text-xs">{scopeWords[scope]}</span>
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p id="error-scopes" className="text-bad text-xs">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function Way({ value, label, defaultChecked }: { value: string; label: string; defaultChecked: boolean }) {
  return (
    <label className="flex w-fit cursor-pointer items-center gap-2">
      <input
        type="radio"
        name="limited"
        value={value}
        defaultChecked={defaultChecked}
        className="size-4 accent-accent"
      />
      {label}
    </label>
  );
}
