import Link from "next/link";
import type { Location } from "#lib/providers/provider.ts";
import { queryOf, type SizeSearch } from "./size-rows.ts";

/** A provider's regions; one of them at a time narrows the sizes. */
export function RegionChips({ locations, search }: { locations: Record<string, Location>; search: SizeSearch }) {
  const regions = Object.entries(locations).sort(([a], [b]) => a.localeCompare(b));
  return (
    <ul className="flex flex-wrap gap-2">
      {regions.map(([region, { name, available }]) => (
        <li key={region}>
          {available ? (
            <Link
              href={{ query: queryOf(search, { region: region === search.region ? "" : region }) }}
              scroll={false}
              aria-current={region === search.region ? "true" : undefined}
              className="inline-flex h-8 items-center gap-2 rounded-full border border-line bg-surface px-3 hover:bg-raised aria-[current=true]:border-accent aria-[current=true]:bg-accent-soft"
            >
              <span className="font-medium">{region}</span>
              {name !== region && <span className="text-ink-faint text-xs">{name}</span>}
            </Link>
          ) : (
            <span className="inline-flex h-8 items-center gap-2 rounded-full border border-line border-dashed px-3 text-ink-faint">
              {region}
              <span className="text-xs">not available</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
