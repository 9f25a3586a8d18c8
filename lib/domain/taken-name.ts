import type { AppError } from "#lib/errors.ts";

const uniqueViolation = "23505";

/** For `.catch` on a statement that sets a name: a unique index's refusal becomes `refusal`, all else stays. */
export const takenName =
  (refusal: () => AppError) =>
  (error: unknown): never => {
    const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
    throw cause?.code === uniqueViolation ? refusal() : error;
  };
