import { Search } from "lucide-react";
import Form from "next/form";
import { Button } from "#components/ui/button.tsx";
import { controlClass } from "#components/ui/field.tsx";

type Choice = { name: string; label: string; any: string; value: string | undefined; options: readonly string[] };
type SearchProps = { path: string; label: string; query: string | undefined; choices?: readonly Choice[] };

/** Search and filters of a list; what is sought stands in the URL. */
export function SearchForm({ path, label, query, choices = [] }: SearchProps) {
  return (
    <Form action={path} role="search" className="mb-4 flex flex-wrap gap-2">
      <div className="relative min-w-0 flex-1 basis-48">
        <Search
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-ink-faint"
          aria-hidden
        />
        <input
          type="search"
          name="q"
          defaultValue={query}
          aria-label={label}
          placeholder={label}
          className={`${controlClass} h-9 pl-9`}
        />
      </div>
      {choices.map(({ name, label: called, any, value, options }) => (
        <select
          key={name}
          name={name}
          defaultValue={value ?? ""}
          aria-label={called}
          className={`${controlClass} h-9 max-w-40`}
        >
          <option value="">{any}</option>
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ))}
      <Button type="submit">Search</Button>
    </Form>
  );
}
