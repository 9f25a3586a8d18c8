/** A variable that a file names: `${NAME}`, `$NAME`, `${NAME:-else}`, `${NAME:?why}`. */
export type Variable = { name: string; fallback: string | null };

/** As Docker reads them: two dollars are one, and what stands behind a colon counts for an empty value as well. */
const pattern = /\$(?:(\$)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-?])([^}]*))?\}|(\{?))/g;

/** Every variable of a text, once, in their order. */
export function variablesIn(value: unknown): Variable[] {
  const found = new Map<string, Variable>();
  walk(value, (text) => {
    for (const [, , plain, name = plain, operator, rest] of text.matchAll(pattern))
      if (name && !found.get(name)?.fallback)
        found.set(name, { name, fallback: operator?.endsWith("-") ? (rest ?? "") : null });
    return text;
  });
  return [...found.values()];
}

/** The same value with its variables filled in; `lacking` names those that have no value and no fallback. */
export function interpolate(
  value: unknown,
  values: Readonly<Record<string, string>>,
): { value: unknown; lacking: string[]; broken: string[] } {
  const lacking = new Set<string>();
  const broken = new Set<string>();
  const filled = walk(value, (text) =>
    text.replace(pattern, (whole, dollar, plain, name = plain, operator, rest = "") => {
      if (dollar) return "$";
      if (!name) {
        broken.add(text.slice(0, 60));
        return whole;
      }
      const given = Object.hasOwn(values, name) ? values[name] : undefined;
      const counts = given !== undefined && (given !== "" || !operator?.startsWith(":"));
      if (counts) return given;
      if (operator?.endsWith("-")) return rest;
      lacking.add(name);
      return "";
    }),
  );
  return { value: filled, lacking: [...lacking], broken: [...broken] };
}

/** Changes every text of a value; keys stay as they are. */
function walk(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, change)]));
}
