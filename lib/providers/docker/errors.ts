import { AppError, messageOf } from "#lib/errors.ts";
import { ProviderError, type ProviderErrorCode } from "../provider.ts";

/** An answer of the engine with a status that is an error, as dockerode throws it. */
type Refusal = Error & { statusCode: number; json?: unknown };

/** What an engine's or the network's failure means to us; `timeoutMs` where our own limit ended the call. */
export function providerError(error: unknown, timeoutMs?: number): ProviderError {
  if (error instanceof ProviderError) return error;
  if (timeoutMs !== undefined) {
    const message = `The Docker engine did not answer within ${Math.round(timeoutMs / 1000)} s.`;
    return new ProviderError("unreachable", message, { cause: error });
  }
  if (isRefusal(error)) return new ProviderError(refusalCode(error), wordsOf(error), { cause: error });
  const dialled = causeOf(error);
  if (dialled) return new ProviderError(dialled, plain(messageOf(error)), { cause: error });
  return new ProviderError("internal", messageOf(error), { cause: error });
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number";
}

export const hasStatus = (error: unknown, ...statuses: number[]) =>
  isRefusal(error) && statuses.includes(error.statusCode);

/** Answers undefined where the engine says that the thing is not there. */
export const unlessAbsent = <T>(call: Promise<T>) => unlessStatus(404, call);

/** Answers undefined for a refusal with this status: 304 says that a container is already as asked. */
export function unlessStatus<T>(status: number, call: Promise<T>): Promise<T | undefined> {
  return call.catch((error: unknown) => {
    if (hasStatus(error, status)) return undefined;
    throw error;
  });
}

/** The engine's own words. */
function wordsOf(refusal: Refusal): string {
  const { json } = refusal;
  if (typeof json === "object" && json !== null && "message" in json && typeof json.message === "string") {
    return json.message.trim();
  }
  return refusal.message.trim().slice(0, 300);
}

/** Of OpenSSL's "403D8FC1…:error:0A000412:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:../…" what a person reads. */
function plain(message: string): string {
  const [, library, reason] = message.match(/error:[0-9A-F]+:(\w+) routines:[^:]*:([^:]+)/) ?? [];
  return reason ? `${library}: ${reason.trim()}` : message;
}

const BY_WORDS: [RegExp, ProviderErrorCode][] = [
  [/non-overlapping IPv4 address pool|all predefined address pools/i, "quota"],
  [/no space left|cannot allocate memory|not enough memory/i, "capacity"],
  [/port is already allocated|address already in use/i, "conflict"],
];

function refusalCode(refusal: Refusal): ProviderErrorCode {
  const words = BY_WORDS.find(([pattern]) => pattern.test(refusal.message));
  if (words) return words[1];
  const { statusCode } = refusal;
  if (statusCode === 401 || statusCode === 403) return "unauthorized";
  if (statusCode === 404 || statusCode === 409) return "conflict";
  if (statusCode === 429) return "throttled";
  return statusCode < 500 ? "invalid" : "internal";
}

const UNREACHABLE =
  /^(ECONNREFUSED|ECONNRESET|ENOENT|ENOTSOCK|ENOTFOUND|EAI_\w+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EPIPE|EADDRNOTAVAIL)$/;
const CERTIFICATE = /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME_|INVALID_CA)/;

/** What kept us from talking at all; undefined where that is not it. */
function causeOf(error: unknown): ProviderErrorCode | undefined {
  if (error instanceof AggregateError) return error.errors.map(causeOf).find((code) => code !== undefined);
  const code = codeOf(error) ?? codeOf((error as { cause?: unknown } | undefined)?.cause);
  if (code && UNREACHABLE.test(code)) return "unreachable";
  if (code && CERTIFICATE.test(code)) return "unauthorized";
  if (code === "EACCES" || code === "EPERM") return "unauthorized";
  if (error instanceof AppError) return error.code === "invalid" ? "invalid" : "unreachable";
  const foreign = code?.startsWith("HPE_") || (error instanceof Error && error.message.startsWith("Max redirects"));
  return foreign ? "invalid" : undefined;
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
