import { Search } from "lucide-react";
import Form from "next/form";
import { Button } from "#components/ui/button.tsx";
import { controlClass } from "#components/ui/field.tsx";
import { environmentStates } from "#lib/model/states.ts";

type SearchProps = { query?: string; state?: string; application?: string };

/** Search and filter of the overview; what is sought stands in the URL. */
export function EnvironmentSearch({ query, state, application }: SearchProps) {
  return (
    <Form action="/dashboard" role="search" className="mb-4 flex flex-wrap gap-2">
      {application && <input type="hidden" name="application" value={application} />}
      <div className="relative min-w-0 flex-1 basis-48">
        <Search
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-ink-faint"
          aria-hidden
        />
        <input
          type="search"
          name="q"
          defaultValue={query}
          aria-label="Search environments by name"
          placeholder="Search by name"
          className={`${controlClass} h-9 pl-9`}
        />
      </div>
      <select name="state" defaultValue={state ?? ""} aria-label="State" className={`${controlClass} h-9 max-w-40`}>
        <option value="">Any state</option>
        {environmentStates
          .filter((name) => name !== "deleted")
          .map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
      </select>
      <Button type="submit">Search</Button>
    </Form>
  );
}
