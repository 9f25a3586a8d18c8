import type { NormalizedSchema } from "@smithy/core/schema";
import type { Operation } from "./model.ts";

/** Writes an operation's output as EC2 (or STS, which nests it) would; a member that the SDK's model lacks throws. */
export function writeAnswer(operation: Operation, output: Record<string, unknown>, requestId: string, nested: boolean) {
  const body = operation.output.isUnitSchema() ? "" : structure(operation.output, output, operation.name);
  const name = `${operation.name}Response`;
  if (nested) {
    const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";
    const result = `<${operation.name}Result>${body}</${operation.name}Result>`;
    const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
    return `<${name} xmlns="${namespace}">${result}${metadata}</${name}>`;
  }
  const namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespace}"><requestId>${requestId}</requestId>${body}</${name}>`;
}

function structure(schema: NormalizedSchema, value: Record<string, unknown>, path: string): string {
  const left = new Set(Object.keys(value).filter((key) => value[key] !== undefined));
  let text = "";
  for (const [name, member] of schema.structIterator()) {
    if (!left.delete(name)) continue;
    const traits = member.getMemberTraits() as { xmlName?: string };
    const tag = traits.xmlName ?? name;
    text += `<${tag}>${content(member, value[name], `${path}.${name}`)}</${tag}>`;
  }
  if (left.size > 0) throw new Error(`The model of ${path} has no member ${[...left].join(", ")}`);
  return text;
}

function content(schema: NormalizedSchema, value: unknown, path: string): string {
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw new Error(`${path} must be a list`);
    const item = schema.getValueSchema();
    const tag = (item.getMergedTraits() as { xmlName?: string }).xmlName ?? "member";
    return value.map((one) => `<${tag}>${content(item, one, path)}</${tag}>`).join("");
  }
  if (schema.isStructSchema()) return structure(schema, value as Record<string, unknown>, path);
  if (schema.isTimestampSchema()) return (value as Date).toISOString();
  if (schema.isBooleanSchema() !== (typeof value === "boolean")) throw new Error(`${path} must be a boolean`);
  if (schema.isNumericSchema() && typeof value !== "number") throw new Error(`${path} must be a number`);
  return escapeXml(String(value));
}

export const escapeXml = (text: string) => text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
