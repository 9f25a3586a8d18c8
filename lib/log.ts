import pino from "pino";
import { isOfStatement, messageOf } from "./errors.ts";

/** Structured lines on standard error; what could hold a secret is never logged by value. */
export const log = pino(
  {
    level: process.env.CLOUDHERO_LOG_LEVEL ?? "info",
    base: undefined,
    serializers: { err: told },
    redact: ["password", "secret", "token", "authorization", "*.password", "*.secret", "*.token", "*.authorization"],
  },
  pino.destination(2),
);

/** An error without what its statement was given. */
function told(error: unknown): unknown {
  if (!isOfStatement(error)) return pino.stdSerializers.err(error as Error);
  return { ...pino.stdSerializers.err(error.cause as Error), message: messageOf(error) };
}
