import { type OverviewSort, overviewSorts } from "#lib/model/overview-sorts.ts";
import { type EnvironmentState, environmentStates } from "#lib/model/states.ts";

export const pageSize = 50;

/** What the overview's URL says. */
export type OverviewSearch = {
  q?: string;
  state?: EnvironmentState;
  provider?: string;
  application?: string;
  sort: OverviewSort;
  order: "asc" | "desc";
  page: number;
};

type Params = Record<string, string | string[] | undefined>;

/** What a URL seeks; what it says wrongly is not sought. */
export function readSearch(params: Params): OverviewSearch {
  const one = (name: string) => {
    const value = params[name];
    return typeof value === "string" && value ? value.slice(0, 200) : undefined;
  };
  const page = Number(one("page"));
  return {
    q: one("q"),
    state: environmentStates.find((known) => known === one("state")),
    provider: one("provider"),
    application: one("application"),
    sort: overviewSorts.find((known) => known === one("sort")) ?? "name",
    order: one("order") === "desc" ? "desc" : "asc",
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

export const isNarrowed = ({ q, state, provider, application }: OverviewSearch) =>
  Boolean(q ?? state ?? provider ?? application);

/** The address of a search; what is usual is left out. */
export function hrefOf(search: OverviewSearch): string {
  const { sort, order, page, ...narrowing } = search;
  const said = {
    ...narrowing,
    sort: sort === "name" ? undefined : sort,
    order: order === "asc" ? undefined : order,
    page: page === 1 ? undefined : String(page),
  };
  const entries = Object.entries(said).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const query = new URLSearchParams(entries).toString();
  return query ? `/dashboard?${query}` : "/dashboard";
}
