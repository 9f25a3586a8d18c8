import { type Need, shapeOf } from "#lib/model/sizing.ts";
import type { Metadata, Size } from "#lib/providers/provider.ts";

/** What the page of sizes shows, as its URL says it; `sort` with a dash before it is the other way round. */
export type SizeSearch = { region: string; query: string; sort: string };
export type SizeRow = Size & { family: string; shape: Need };

export const columns = ["size", "cores", "memory", "price"] as const;
export type Column = (typeof columns)[number];

const price = ({ pricePerHour }: SizeRow) => pricePerHour ?? Infinity;

const orders: Record<Column, (a: SizeRow, b: SizeRow) => number> = {
  size: (a, b) => a.id.localeCompare(b.id, "en", { numeric: true }),
  cores: (a, b) => a.shape.cores - b.shape.cores,
  memory: (a, b) => a.shape.gib - b.shape.gib,
  // Two unknown prices are equal, not NaN apart.
  price: (a, b) => (price(a) === price(b) ? 0 : price(a) - price(b)),
};

/** The column that is sorted by, and whether downwards; by price where nothing is said. */
export function sortOf(sort: string): { column: Column; down: boolean } {
  const down = sort.startsWith("-");
  const column = columns.find((known) => known === (down ? sort.slice(1) : sort));
  return column ? { column, down } : { column: "price", down: false };
}

/** The sizes in which every word that is sought occurs, in the order that is asked for. */
export function sizeRows({ sizes }: Metadata, { query, sort }: SizeSearch): SizeRow[] {
  const all = Object.entries(sizes).flatMap(([family, members]) =>
    Object.values(members).map((size) => ({ ...size, family, shape: shapeOf(size) })),
  );
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.filter((row) => words.every((word) => textOf(row).includes(word)));
  const { column, down } = sortOf(sort);
  const order = (a: SizeRow, b: SizeRow) => orders[column](a, b) || orders.memory(a, b) || orders.size(a, b);
  return found.sort((a, b) => (down ? order(b, a) : order(a, b)));
}

const textOf = ({ id, family, cores, ram, disk, architecture }: SizeRow) =>
  `${id} ${family} ${cores} cores ${ram} ${disk} ${architecture ?? ""}`.toLowerCase();

/** The URL's query for a search, with a change; what is usual is left out. */
export function queryOf(search: SizeSearch, change: Partial<SizeSearch>): Record<string, string> {
  const { region, query, sort } = { ...search, ...change };
  return { ...(region ? { region } : {}), ...(query ? { q: query } : {}), ...(sort ? { sort } : {}) };
}
