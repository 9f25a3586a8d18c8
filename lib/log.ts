import pino from "pino";

/** Structured lines on standard error; what could hold a secret is never logged by value. */
export const log = pino(
  {
    level: process.env.CLOUDHERO_LOG_LEVEL ?? "info",
    base: undefined,
    redact: ["password", "secret", "token", "authorization", "*.password", "*.secret", "*.token", "*.authorization"],
  },
  pino.destination(2),
);
