/** A line under an entry: a field with what it was and is, or with a value alone. */
export type DetailLine = { label: string; before?: string; after: string };

/** Said in the entry's own sentence, or as a change. */
const said = new Set(["name", "email", "changes", "before", "after"]);
/** What an entry says of its target, the plainest first. */
const names = ["name", "email", "environment", "node"];

const words = (field: string) =>
  field
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_-]/g, " ")
    .toLowerCase();

/** A value as people read it; what has no short form is JSON. */
export function readable(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "nothing" : value.map(readable).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An entry's details as lines: changes first, then whatever else was written down. `subject` is what changed where only that is known. */
export function detailLines(details: Record<string, unknown> | null, subject = "value"): DetailLine[] {
  if (!details) return [];
  const name = nameField(details);
  const others = Object.entries(details).filter(
    ([field, value]) => !said.has(field) && field !== name && value !== null,
  );
  return [
    ...changeLines(details.changes),
    ...stateLines(details, subject),
    ...others.map(([field, value]) => ({ label: words(field), after: readable(value) })),
  ];
}

function changeLines(changes: unknown): DetailLine[] {
  return Object.entries(isRecord(changes) ? changes : {}).map(([field, change]) =>
    isRecord(change) && "after" in change
      ? { label: words(field), before: readable(change.before), after: readable(change.after) }
      : { label: words(field), after: readable(change) },
  );
}

/** Two states beside each other: of one thing, or of several fields. */
function stateLines({ before, after }: Record<string, unknown>, subject: string): DetailLine[] {
  if (before === undefined || after === undefined) return [];
  if (!isRecord(before) || !isRecord(after))
    return [{ label: subject, before: readable(before), after: readable(after) }];
  return Object.keys({ ...before, ...after }).map((field) => ({
    ...{ label: words(field), before: readable(before[field]), after: readable(after[field]) },
  }));
}

/** What an entry's target is called, where that was written down. */
export function nameIn(details: Record<string, unknown> | null): string | null {
  const field = details && nameField(details);
  return field ? String(details[field]) : null;
}

const nameField = (details: Record<string, unknown>) => names.find((field) => typeof details[field] === "string");
