import { type Schema, sampleOf } from "./sample-of.ts";
import { sampleAnswers, sampleBodies, sampleIds, sampleNames } from "./samples.ts";
import { wordsFor } from "./words.ts";

type Media = Record<string, { schema?: Schema; example?: unknown }>;
export type Parameter = {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema;
  example?: unknown;
};
export type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  deprecated?: boolean;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Media };
  responses: Record<string, { description: string; content?: Media }>;
};

/** Gives an operation of the document what contracts do not say: words for its fields, and examples. Changes it. */
export function illustrate(operation: Operation, key: string, status: string): void {
  const tag = operation.tags[0]!;
  for (const parameter of operation.parameters ?? []) {
    parameter.description ??= wordsFor(key, tag, parameter.name);
    if (parameter.in === "path") parameter.example = sampleOfParameter(key, parameter.name);
  }
  const body = operation.requestBody?.content["application/json"];
  if (body?.schema) {
    addWords(body.schema, key, tag, "");
    const example = key in sampleBodies ? sampleBodies[key] : sampleOf(body.schema);
    if (body.schema.type === "object" || key in sampleBodies) body.example = example;
  }
  const own = { ...sampleNames[tag], ...scalarsOf(body?.example) };
  for (const media of Object.values(operation.responses[status]?.content ?? {}))
    media.example = key in sampleAnswers ? sampleAnswers[key] : sampleOf(media.schema ?? {}, own);
}

/** A value for a path's parameter. */
export function sampleOfParameter(key: string, name: string): string {
  if (name === "name") return "web";
  if (key.includes("/identities/")) return "github";
  if (name !== "id") return "56dd614610d396503e2a6ab8";
  const [, path = ""] = key.split(" ");
  if (path.startsWith("/providers")) return sampleIds.provider;
  if (path.startsWith("/applications")) return sampleIds.application;
  if (path.startsWith("/integrations")) return sampleIds.integration;
  return path.startsWith("/environments") ? sampleIds.environment : "56dd614610d396503e2a6ab8";
}

function addWords(schema: Schema, key: string, tag: string, place: string): void {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const here = place ? `${place}.${name}` : name;
    const words = wordsFor(key, tag, here);
    if (words && !field.description) field.description = words;
    addWords(field, key, tag, here);
  }
  if (schema.items) addWords(schema.items, key, tag, `${place}[]`);
  for (const part of [...(schema.anyOf ?? []), ...(schema.allOf ?? [])]) addWords(part, key, tag, place);
}

const scalarsOf = (value: unknown) =>
  Object.fromEntries(Object.entries(asObject(value)).filter(([, one]) => typeof one !== "object"));

const asObject = (value: unknown) => (typeof value === "object" && value !== null ? value : {});
