/** What can go wrong, in words that doors translate into their own terms (HTTP statuses live in lib/api). */
export type ErrorCode =
  | "malformed"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "too_large"
  | "unsupported_media_type"
  | "invalid"
  | "rate_limited"
  | "cloud_refused"
  | "unavailable"
  | "internal";

export type Problem = { code: string; message: string; field?: string };

type Details = { cause?: unknown; field?: string; problems?: Problem[]; retryAfterSeconds?: number };

/** An error whose message is meant for the person who asked. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** At least one; the first repeats `message`. */
  readonly problems: Problem[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.name = "AppError";
    this.code = code;
    this.problems = details.problems ?? [{ code, message, ...(details.field ? { field: details.field } : {}) }];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

export const notFound = (what: string) => new AppError("not_found", `${what} was not found.`);
export const conflict = (message: string, field?: string) => new AppError("conflict", message, { field });
export const invalid = (message: string, field?: string) => new AppError("invalid", message, { field });
export const forbidden = (message: string) => new AppError("forbidden", message);

/** What a thrown value says, whatever it is. */
export function messageOf(error: unknown): string {
  // Drizzle repeats what a statement was given, secrets too.
  if (isOfStatement(error)) return `${error.query} failed: ${messageOf(error.cause)}`;
  if (error instanceof AggregateError && !error.message) return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}

type OfStatement = Error & { query: string; params: unknown[] };

/** What Drizzle throws in the driver's name; `cause` is the driver's own. */
export const isOfStatement = (error: unknown): error is OfStatement =>
  error instanceof Error && "query" in error && "params" in error;
