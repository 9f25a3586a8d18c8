import type { z } from "zod";

/** Zod's own words but for the commonest, which speak of types to people who forgot or mistyped something. */
export function wordingOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined")) return "is required";
  if (issue.code === "too_small" && issue.origin === "string" && issue.minimum === 1) return "must not be empty";
  if (issue.code === "invalid_type" && issue.message.endsWith("received NaN")) return "must be a number";
  if (issue.code === "invalid_value") return `must be one of: ${issue.values.join(", ")}`;
  if (issue.code === "unrecognized_keys") return `there is no field ${issue.keys.join(", ")}`;
  return issue.message;
}
