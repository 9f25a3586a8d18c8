/** What changed, by field: what was there before and what is there now. */
export type Changes = Record<string, { before: unknown; after: unknown }>;

/** The fields in which two states differ, for the audit log; null where they do not. Neither may hold a secret. */
export function changesBetween<T extends object>(before: T, after: T): Changes | null {
  const fields = Object.keys({ ...before, ...after }) as (keyof T & string)[];
  const differing = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  if (differing.length === 0) return null;
  const change = (field: keyof T & string) => ({ before: before[field] ?? null, after: after[field] ?? null });
  return Object.fromEntries(differing.map((field) => [field, change(field)]));
}
