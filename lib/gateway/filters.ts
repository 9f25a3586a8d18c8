import { patternOf } from "#lib/model/pattern.ts";

/** A list's filters as clients write them: {"name":["web"]} or {"name":{"web":true}}. */
export type Filters = Record<string, Record<string, boolean> | string[]>;

/** The filters of a query; none where they are no JSON object, which the engines refuse in their own words. */
export function filtersIn(query: URLSearchParams): Filters {
  try {
    const filters: unknown = JSON.parse(query.get("filters") ?? "{}");
    return typeof filters === "object" && filters !== null && !Array.isArray(filters) ? (filters as Filters) : {};
  } catch {
    return {};
  }
}

export const valuesOf = (filter: Filters[string] | undefined): string[] =>
  Array.isArray(filter) ? filter : Object.keys(filter ?? {});

/** Whether a text is what one of a filter's values says, or has its pattern: as an engine compares names. */
export const fits = (values: readonly string[], text: string): boolean =>
  values.length === 0 || values.some((value) => value === text || patternOf(value)?.(text));
