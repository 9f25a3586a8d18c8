import type { z } from "zod";
import { AppError, type ErrorCode, type Problem } from "#lib/errors.ts";
import { wordingOf } from "#lib/model/wording.ts";
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

const refusal = (code: ErrorCode, problems: Problem[]) =>
  new AppError(code, problems[0]?.message ?? "Invalid.", { problems });

const problem = (code: ErrorCode, field: string, message: string): Problem =>
  field ? { code, message: `${field}: ${message}`, field } : { code, message };
