import { Search } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { controlClass } from "#components/ui/field.tsx";
import { environmentStates } from "#lib/model/states.ts";
import { FilterForm } from "./filter-form.tsx";
import type { OverviewSearch } from "./search.ts";

type Named = { id: string; name: string };
type FiltersProps = { search: OverviewSearch; providers: Named[]; applications: Named[] };

/** What is sought; it stands in the URL, so that it can be kept and sent to somebody. */
export function OverviewFilters({ search, providers, applications }: FiltersProps) {
  const states = environmentStates.map((name) => ({ id: name, name }));
  const { q, state, provider, application } = search;
  return (
    <FilterForm values={{ q, state, provider, application }}>
      {search.sort !== "name" && <input type="hidden" name="sort" value={search.sort} />}
      {search.order !== "asc" && <input type="hidden" name="order" value={search.order} />}
      <div className="relative min-w-0 flex-1 basis-48">
        <Search
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-ink-faint"
          aria-hidden
        />
        <input
          type="search"
          name="q"
          defaultValue={q}
          aria-label="Search environments by name"
          placeholder="Search by name"
          className={`${controlClass} h-9 pl-9`}
        />
      </div>
      <Choice name="state" label="State" any="Any state" options={states} chosen={state} />
      <Choice name="provider" label="Provider" any="Any provider" options={providers} chosen={provider} />
      <Choice
        name="application"
        label="Application"
        any="Any application"
        options={applications}
        chosen={application}
      />
      <Button type="submit">Search</Button>
    </FilterForm>
  );
}

type ChoiceProps = { name: string; label: string; any: string; options: Named[]; chosen?: string };

function Choice({ name, label, any, options, chosen }: ChoiceProps) {
  return (
    <select
      name={name}
      defaultValue={chosen ?? ""}
      aria-label={label}
      className={`${controlClass} h-9 w-auto min-w-0 flex-1 basis-28 sm:max-w-44 sm:flex-none`}
    >
      <option value="">{any}</option>
      {options.map((option) => (
        <option key={option.id} value={option.id}>
          {option.name}
        </option>
      ))}
    </select>
  );
}
