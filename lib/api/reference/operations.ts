import type { Contract } from "../contract.ts";
import { contracts } from "../contracts/index.ts";
import { openApiDocument } from "../openapi.ts";
import { type ApiError, errorsOf } from "./errors.ts";
import { sampleOfParameter } from "./illustrate.ts";
import type { Schema } from "./sample-of.ts";

/** A field of a request; `place` as people write it: nodes[].size. */
export type Field = { place: string; type: string; required: boolean; words: string };

/** What the docs say of a contract, all of it from the contract. */
export type OperationView = {
  /** "POST /providers" */
  key: string;
  method: Contract["method"];
  path: string;
  /** The path with values for its parameters. */
  filledPath: string;
  summary: string;
  tag: string;
  access: Contract["access"];
  scope: Contract["scope"];
  unsafeGet: boolean;
  media: string;
  pathFields: Field[];
  queryFields: Field[];
  bodyFields: Field[];
  body: unknown;
  answer: unknown;
  errors: ApiError[];
};

const DEEPEST = 4;

/** Every operation, in the contracts' order. */
export function operations(): OperationView[] {
  const { paths } = openApiDocument("");
  return contracts.map((contract) => {
    const key = `${contract.method} ${contract.path}`;
    const operation = paths[contract.path]![contract.method.toLowerCase()]!;
    const parameters = (place: string) =>
      (operation.parameters ?? [])
        .filter((parameter) => parameter.in === place)
        .map(({ name, schema, required, description }) => field(name, { ...schema, description }, required === true));
    const body = operation.requestBody?.content["application/json"];
    const [answer] = Object.values(operation.responses[String(contract.status)]?.content ?? {});
    return {
      key,
      method: contract.method,
      path: contract.path,
      filledPath: contract.path.replace(/\{(\w+)\}/g, (_, name) => sampleOfParameter(key, name)),
      summary: contract.summary,
      tag: contract.tag,
      access: contract.access,
      scope: contract.scope,
      unsafeGet: contract.unsafeGet,
      media: contract.media,
      pathFields: parameters("path"),
      queryFields: parameters("query"),
      bodyFields: body?.schema ? fieldsOf(body.schema, "", DEEPEST) : [],
      body: body?.example,
      answer: answer?.example,
      errors: errorsOf(contract),
    };
  });
}

const field = (place: string, schema: Schema, required: boolean): Field => ({
  place,
  type: typeOf(schema),
  required,
  words: schema.description ?? "",
});

function fieldsOf(schema: Schema, place: string, depth: number): Field[] {
  if (depth === 0) return [];
  const inside = schema.anyOf?.find(({ properties }) => properties) ?? schema;
  return Object.entries(inside.properties ?? {}).flatMap(([name, one]) => {
    const here = place ? `${place}.${name}` : name;
    const below = one.items ? fieldsOf(one.items, `${here}[]`, depth - 1) : fieldsOf(one, here, depth - 1);
    return [field(here, one, inside.required?.includes(name) ?? false), ...below];
  });
}

/** A schema's kind and bounds in few words: "text, at least 10 characters", "1 to 900". */
function typeOf(schema: Schema): string {
  const variants = (schema.anyOf ?? schema.oneOf)?.filter(({ type }) => type !== "null");
  if (variants?.length) return [...new Set(variants.map(typeOf))].join(" or ");
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value).replaceAll('"', "")).join(" | ");
  if (schema.const !== undefined) return String(schema.const);
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type]).filter((type) => type !== "null");
  if (types[0] === "array") return `list of ${schema.items ? plural(typeOf(schema.items)) : "anything"}`;
  return [kinds[types[0] ?? ""] ?? "anything", ...bounds(schema)].join(", ");
}

const kinds: Record<string, string> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true | false",
  object: "object",
};
const plural = (type: string) => type.replace(/^(text|object|whole number|number)\b.*/, "$1s");

function bounds({ minimum, maximum, minLength, maxLength, default: usual }: Schema): string[] {
  const range = minimum !== undefined && maximum !== undefined && maximum < 2 ** 31 ? [`${minimum} to ${maximum}`] : [];
  const length = (minLength ?? 0) > 1 ? [`at least ${minLength} characters`] : [];
  const limit = maxLength && length.length === 0 ? [`at most ${maxLength} characters`] : [];
  return [...range, ...length, ...limit, ...(usual === undefined ? [] : [`${JSON.stringify(usual)} unless said`])];
}
