type Notation = "json" | "python" | "javascript";

/** Characters that a line of an example has at the most. */
const WIDTH = 62;

/** A value as a literal, on one line where it is short; lines after the first are indented by `indent`. */
export function pretty(value: unknown, notation: Notation = "json", indent = 0): string {
  const flat = inline(value, notation);
  if (flat.length <= WIDTH || typeof value !== "object" || value === null) return flat;
  const step = notation === "python" ? 4 : 2;
  const inner = " ".repeat(indent + step);
  const close = " ".repeat(indent);
  const lines = Array.isArray(value)
    ? value.map((one) => `${inner}${pretty(one, notation, indent + step)}`)
    : Object.entries(value).map(
        ([key, one]) => `${inner}${keyOf(key, notation)}: ${pretty(one, notation, indent + step)}`,
      );
  const [open, shut] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${lines.join(",\n")}${notation === "json" ? "" : ","}\n${close}${shut}`;
}

function inline(value: unknown, notation: Notation): string {
  if (Array.isArray(value)) return `[${value.map((one) => inline(one, notation)).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([key, one]) => `${keyOf(key, notation)}: ${inline(one, notation)}`);
    if (fields.length === 0) return "{}";
    return notation === "javascript" ? `{ ${fields.join(", ")} }` : `{${fields.join(", ")}}`;
  }
  if (notation === "python" && (value === null || typeof value === "boolean"))
    return value === null ? "None" : value ? "True" : "False";
  return JSON.stringify(value);
}

const keyOf = (key: string, notation: Notation) =>
  notation === "javascript" && /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
