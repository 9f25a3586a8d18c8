import { Search } from "lucide-react";
import Form from "next/form";
import { Button } from "#components/ui/button.tsx";
import { controlClass } from "#components/ui/field.tsx";
import type { SizeSearch } from "./size-rows.ts";

/** Search among sizes; what is sought stands in the URL. */
export function SizeFilter({ search: { region, query, sort } }: { search: SizeSearch }) {
  return (
    <Form action="" role="search" scroll={false} className="flex flex-wrap gap-2">
      {region && <input type="hidden" name="region" value={region} />}
      {sort && <input type="hidden" name="sort" value={sort} />}
      <div className="relative min-w-0 flex-1 basis-48 sm:max-w-md">
        <Search
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-ink-faint"
          aria-hidden
        />
        <input
          type="search"
          name="q"
          defaultValue={query}
          aria-label="Search sizes"
          placeholder="2 cores, 4 gib, t3, arm64 …"
          className={`${controlClass} h-9 pl-9`}
        />
      </div>
      <Button type="submit">Search</Button>
    </Form>
  );
}
