import type { z } from "zod";
import { AppError, type ErrorCode, type Problem } from "#lib/errors.ts";
import { fieldName } from "./field-name.ts";
import { unstorable } from "./storable.ts";

/** `value` as `schema` has it; throws "invalid" that names each field as people write it: nodes[1].size. */
export function parse<T extends z.ZodType>(schema: T, value: unknown, code: ErrorCode = "invalid"): z.output<T> {
  const trouble = unstorable(value);
  if (trouble) throw refusal(code, [problem(code, trouble.field, trouble.message)]);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, 50);
  throw refusal(
    code,
    issues.map((issue) => problem(code, fieldName(issue.path), wordingOf(issue))),
  );
}

/** Zod's own words but for the commonest, which speak of types to people who forgot or mistyped something. */
function wordingOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined")) return "is required";
  if (issue.code === "too_small" && issue.origin === "string" && issue.minimum === 1) return "must not be empty";
  if (issue.code === "invalid_type" && issue.message.endsWith("received NaN")) return "must be a number";
  if (issue.code === "invalid_value") return `must be one of: ${issue.values.join(", ")}`;
  if (issue.code === "unrecognized_keys") return `there is no field ${issue.keys.join(", ")}`;
  return issue.message;
}

const refusal = (code: ErrorCode, problems: Problem[]) =>
  new AppError(code, problems[0]?.message ?? "Invalid.", { problems });

const problem = (code: ErrorCode, field: string, message: string): Problem =>
  field ? { code, message: `${field}: ${message}`, field } : { code, message };
