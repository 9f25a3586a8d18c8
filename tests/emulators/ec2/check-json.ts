import type { NormalizedSchema } from "@smithy/core/schema";

/** Throws where a JSON message has a member that the SDK's model lacks, or one of another type; answers it as it is. */
export function checkJson(schema: NormalizedSchema, value: unknown, path: string): unknown {
  if (value === undefined || value === null) return value;
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw new Error(`${path} must be a list`);
    for (const one of value) checkJson(schema.getValueSchema(), one, path);
  } else if (schema.isStructSchema()) checkStructure(schema, value, path);
  else if (schema.isBooleanSchema() !== (typeof value === "boolean")) throw new Error(`${path} must be a boolean`);
  else if (schema.isNumericSchema() !== (typeof value === "number")) throw new Error(`${path} must be a number`);
  return value;
}

function checkStructure(schema: NormalizedSchema, value: object, path: string): void {
  const members = new Map(schema.structIterator());
  for (const [name, one] of Object.entries(value)) {
    const member = members.get(name);
    if (!member) throw new Error(`The model of ${path} has no member ${name}`);
    checkJson(member, one, `${path}.${name}`);
  }
}
