import { fieldName } from "./field-name.ts";

const deepest = 32;

type Place = { value: unknown; path: PropertyKey[] };

/** What keeps a value out of any database: text with a NUL or half a character, or nesting past 32 levels; null for the rest. */
export function unstorable(value: unknown): { field: string; message: string } | null {
  const waiting: Place[] = [{ value, path: [] }];
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    const message = troubleWith(place);
    if (message) return { field: fieldName(place.path), message };
    waiting.push(...inside(place));
  }
  return null;
}

function troubleWith({ value, path }: Place): string | null {
  if (path.length > deepest) return `is nested more than ${deepest} levels deep`;
  return [value, path.at(-1)].every(isText) ? null : "has a character that cannot be stored";
}

const isText = (value: unknown) => typeof value !== "string" || (!value.includes("\0") && value.isWellFormed());

function inside({ value, path }: Place): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const entries = Array.isArray(value) ? value.map((one, index) => [index, one] as const) : Object.entries(value);
  return entries.map(([key, one]) => ({ value: one, path: [...path, key] }));
}
