import { Answer } from "./http.ts";

/** A page of rows, with a Link header to the next where there may be one. */
export function paged<T extends { id: string }, U>(
  request: Request,
  rows: T[],
  limit: number,
  present: (row: T) => U,
): Answer<U[]> {
  const body = rows.map(present);
  const last = rows.at(-1);
  if (rows.length < limit || !last) return new Answer(body, {});
  const next = new URL(request.url);
  next.searchParams.set("cursor", last.id);
  return new Answer(body, { link: `<${next.pathname}${next.search}>; rel="next"` });
}
