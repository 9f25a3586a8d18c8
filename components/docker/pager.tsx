import { ButtonLink } from "#components/ui/button-link.tsx";

type PagerProps = {
  page: number;
  pages: number;
  /** "120 of 500 containers". */
  summary: string;
  /** The page's address; what is sought stands in `search`. */
  path: string;
  search: Readonly<Record<string, string | undefined>>;
};

/** How much is shown, and the way to the rest. */
export function Pager({ page, pages, summary, path, search }: PagerProps) {
  const to = (wanted: number) => {
    const kept = Object.entries(search).filter((entry): entry is [string, string] => Boolean(entry[1]));
    return `${path}?${new URLSearchParams([...kept, ["page", String(wanted)]])}`;
  };
  return (
    <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
      <p className="tabular text-ink-faint text-xs">{summary}</p>
      {pages > 1 && (
        <nav aria-label="Pages" className="flex items-center gap-2">
          {page > 1 && (
            <ButtonLink size="small" href={to(page - 1)}>
              Previous
            </ButtonLink>
          )}
          <span className="tabular text-ink-soft text-xs">
            {page} of {pages}
          </span>
          {page < pages && (
            <ButtonLink size="small" href={to(page + 1)}>
              Next
            </ButtonLink>
          )}
        </nav>
      )}
    </div>
  );
}
