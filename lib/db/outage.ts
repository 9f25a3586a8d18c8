/** The driver's and Postgres's own words for: nobody answers now, somebody may later. */
const codes = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "CONNECT_TIMEOUT", "CONNECTION_CLOSED", "CONNECTION_DESTROYED"],
  ...["CONNECTION_ENDED", "57P01", "57P02", "57P03"],
]);

/** Whether what the driver threw, or Drizzle in its name, says that the database does not answer. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error) || error.name === "ProviderError") return false;
  return [error, error.cause].some((each) => codes.has(String((each as { code?: unknown } | undefined)?.code)));
}
