import * as ec2 from "@aws-sdk/client-ec2";
import * as pricing from "@aws-sdk/client-pricing";
import * as quotas from "@aws-sdk/client-service-quotas";
import * as ssm from "@aws-sdk/client-ssm";
import * as sts from "@aws-sdk/client-sts";
import { NormalizedSchema } from "@smithy/core/schema";

/** The SDK's own description of one operation: what goes in and what comes out. */
export type Operation = { name: string; input: NormalizedSchema; output: NormalizedSchema; required: string[] };

type Schema = Parameters<typeof NormalizedSchema.of>[0];
const models = { ec2, sts, ssm, pricing, quotas } as const;
export type Service = keyof typeof models;
const operations = new Map<string, Operation | null>();

/** Looks an operation up in the SDK's model; null when the service has none of that name. */
export function operationOf(service: Service, name: string): Operation | null {
  const key = `${service}:${name}`;
  if (!operations.has(key)) operations.set(key, load(service, name));
  return operations.get(key) ?? null;
}

function load(service: Service, name: string): Operation | null {
  const schema = (models[service] as unknown as Record<string, unknown>)[`${name}$`];
  if (!Array.isArray(schema) || schema[0] !== 9) return null;
  const reference = (value: unknown) => (typeof value === "function" ? value() : value);
  const input = reference(schema[4]);
  const names: string[] = Array.isArray(input) ? input[4] : [];
  return {
    name,
    input: NormalizedSchema.of(input as Schema),
    output: NormalizedSchema.of(reference(schema[5]) as Schema),
    required: Array.isArray(input) ? names.slice(0, Number(input[6] ?? 0)) : [],
  };
}
