import { sampleValues } from "./samples.ts";

/** A JSON Schema, as far as contracts make them. */
export type Schema = {
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  allOf?: Schema[];
  oneOf?: Schema[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  format?: string;
};

type Values = Record<string, unknown>;

/**
 * A value that `schema` lets through and that reads well: by the field's name where one is known; `own` says more of the
 * outermost object's fields.
 */
export function sampleOf(schema: Schema, own: Values = {}, name = ""): unknown {
  const known = [own, sampleValues].find((values) => name in values && admits(schema, values[name]))?.[name];
  if (known !== undefined) return known;
  if (schema.enum) return schema.enum[0];
  if (schema.const !== undefined) return schema.const;
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return sampleOf(variants.find(({ type }) => type !== "null") ?? {}, own, name);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sampleOf(part, own, name)));
  return ofType(schema, own, name);
}

function ofType(schema: Schema, own: Values, name: string): unknown {
  const type = typesOf(schema).find((one) => one !== "null");
  if (type === "object") return ofObject(schema, name ? {} : own, name);
  if (type === "array") return schema.items ? [sampleOf(schema.items, own, singular(name))] : [];
  if (type === "boolean") return true;
  if (type === "number" || type === "integer") return schema.minimum ?? 1;
  if (type === "string") return ofText(schema, name);
  return typesOf(schema).includes("null") ? null : "…";
}

/** Only what is always there: an example is read, and what may be missing is in the table beside it. */
function ofObject({ properties = {}, required = [], additionalProperties }: Schema, own: Values, name: string) {
  const kept = Object.entries(properties).filter(([key]) => required.includes(key));
  const fields = kept.map(([key, schema]) => [key, sampleOf(schema, own, key)] as const);
  if (fields.length > 0 || typeof additionalProperties !== "object") return Object.fromEntries(fields);
  return Object.keys(additionalProperties).length > 0
    ? { [singular(name) || "key"]: sampleOf(additionalProperties, {}, singular(name)) }
    : {};
}

function ofText({ pattern, format, minLength = 0 }: Schema, name: string): string {
  if (pattern === "^[0-9a-f]{24}$") return String(sampleValues.id);
  if (format === "email") return "my@email.com";
  if (format === "uri" || name.endsWith("url")) return "https://example.com/hook";
  if (format === "date-time" || name.endsWith("_at") || name === "at") return "2026-11-25T12:00:00.000Z";
  return (name || "text").padEnd(minLength, "x");
}

const singular = (name: string) => name.replace(/ies$/, "y").replace(/s$/, "");
const typesOf = ({ type }: Schema) => (type === undefined ? [] : Array.isArray(type) ? type : [type]);

/** Whether a known value is of the schema's kind; a name may mean several things. */
function admits(schema: Schema, value: unknown): boolean {
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return variants.some((variant) => admits(variant, value));
  if (schema.enum) return schema.enum.includes(value);
  if (schema.pattern && typeof value === "string") return new RegExp(schema.pattern, "u").test(value);
  const types = typesOf(schema);
  const kind = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  if (types.length === 0) return true;
  if (kind === "number") return types.includes("number") || types.includes("integer");
  return types.includes(kind);
}
