import { type AnyColumn, ilike, type SQL } from "drizzle-orm";

const escaped = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** Where `text` stands anywhere in the column, whatever the case. */
export const likeAnywhere = (column: AnyColumn, text: string): SQL => ilike(column, `%${escaped(text)}%`);

/** Where the column begins with `text`. */
export const likeStart = (column: AnyColumn, text: string): SQL => ilike(column, `${escaped(text)}%`);

/** Where the letters of `text` stand in the column in that order, others between them: "stg" finds "staging". */
export const likeLetters = (column: AnyColumn, text: string): SQL =>
  ilike(column, `%${[...text].map(escaped).join("%")}%`);
