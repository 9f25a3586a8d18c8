import { ButtonLink } from "#components/ui/button-link.tsx";
import { hrefOf, type OverviewSearch, pageSize } from "./search.ts";

/** Which rows of how many these are, and the ways to the next and the last. */
export function Pager({ search, total }: { search: OverviewSearch; total: number }) {
  const pages = Math.ceil(total / pageSize);
  const first = (search.page - 1) * pageSize + 1;
  if (total <= pageSize) return null;
  return (
    <nav aria-label="Pages" className="mt-4 flex flex-wrap items-center justify-between gap-3">
      <p className="tabular text-ink-soft">
        {first} to {Math.min(total, first + pageSize - 1)} of {total}
      </p>
      <div className="flex gap-2">
        {search.page > 1 && (
          <ButtonLink size="small" prefetch={false} href={hrefOf({ ...search, page: search.page - 1 })}>
            Previous
          </ButtonLink>
        )}
        {search.page < pages && (
          <ButtonLink size="small" prefetch={false} href={hrefOf({ ...search, page: search.page + 1 })}>
            Next
          </ButtonLink>
        )}
      </div>
    </nav>
  );
}
