import { AppError, messageOf } from "#lib/errors.ts";
import { log } from "#lib/log.ts";

/** Ends the process: with the one line that a person can act on, else with all that is known. */
export function fail(error: unknown): never {
  if (error instanceof AppError) console.error(error.message);
  else log.fatal({ err: error }, messageOf(error));
  process.exit(1);
}
