import postgres from "postgres";
import { AppError, messageOf } from "#lib/errors.ts";

/** An error of the database or of the network to it as one line for a person; any other as it is. */
export function explain(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const cause = rootOf(error);
  if (cause instanceof AppError) return cause;
  if (!(cause instanceof postgres.PostgresError) && !isOfConnection(cause)) return error;
  return new AppError("unavailable", `The database cannot be used: ${messageOf(cause)}.`, { cause: error });
}

/** Drizzle wraps what the driver throws. */
function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause ? rootOf(error.cause) : error;
}

function isOfConnection(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^(E[A-Z]+|CONNECTION_\w+|CONNECT_TIMEOUT)$/.test(code);
}
