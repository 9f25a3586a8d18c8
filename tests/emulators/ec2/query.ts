import type { NormalizedSchema } from "@smithy/core/schema";
import { ApiError } from "./api-error.ts";
import type { Operation } from "./model.ts";

type Tree = { value?: string; children: Map<string, Tree> };
type Dialect = "ec2" | "sts";

/** Turns a Query-protocol body into the operation's input; a parameter that the SDK's model does not have is an error. */
export function parseQuery(
  parameters: URLSearchParams,
  operation: Operation,
  dialect: Dialect,
): Record<string, unknown> {
  const root: Tree = { children: new Map() };
  for (const [key, value] of parameters) {
    if (key === "Action" || key === "Version") continue;
    let node = root;
    for (const part of key.split(".")) {
      if (!node.children.has(part)) node.children.set(part, { children: new Map() });
      node = node.children.get(part)!;
    }
    node.value = value;
  }
  const input = readStructure(operation.input, root, dialect, "");
  for (const name of operation.required) {
    if (input[name] === undefined) {
      throw new ApiError("MissingParameter", `The request must contain the parameter ${name}`);
    }
  }
  return input;
}

function readStructure(schema: NormalizedSchema, tree: Tree, dialect: Dialect, path: string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const left = new Set(tree.children.keys());
  if (schema.isUnitSchema()) return result;
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits() as { xmlName?: string; ec2QueryName?: string };
    const key = dialect === "ec2" ? (traits.ec2QueryName ?? capital(traits.xmlName ?? name)) : (traits.xmlName ?? name);
    const child = tree.children.get(key);
    if (!child) continue;
    left.delete(key);
    result[name] = readValue(member, child, dialect, `${path}${key}`);
  }
  for (const unknown of left) {
    throw new ApiError("UnknownParameter", `The parameter ${path}${unknown} is not recognized`);
  }
  return result;
}

function readValue(schema: NormalizedSchema, tree: Tree, dialect: Dialect, path: string): unknown {
  if (schema.isListSchema()) {
    const items = dialect === "ec2" ? tree : (tree.children.get("member") ?? { children: new Map() });
    return [...items.children.entries()]
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([index, item]) => readValue(schema.getValueSchema(), item, dialect, `${path}.${index}`));
  }
  if (schema.isStructSchema()) return readStructure(schema, tree, dialect, `${path}.`);
  const text = tree.value ?? "";
  if (schema.isBooleanSchema()) return text === "true";
  if (schema.isTimestampSchema()) return new Date(text);
  if (schema.isBlobSchema()) return Buffer.from(text, "base64");
  if (schema.isNumericSchema()) {
    if (!/^-?\d+(\.\d+)?$/.test(text))
      throw new ApiError("InvalidParameterValue", `Invalid value '${text}' for ${path}`);
    return Number(text);
  }
  return text;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
