import { type AxiosError, isAxiosError } from "axios";
import { ProviderError, type ProviderErrorCode } from "../provider.ts";
import type { Call } from "./client.ts";
import { retryAfter } from "./rate-limit.ts";
import { scopeOf } from "./scopes.ts";

/** Any failure of a call in our words. The cause is left out: an axios error carries the token in its request. */
export function translate(error: unknown, call: Call): unknown {
  if (error instanceof ProviderError || !isAxiosError(error)) return error;
  const { response } = error;
  if (!response) {
    return new ProviderError("unreachable", `DigitalOcean did not answer (${error.code ?? error.name}).`);
  }
  const said = wordsOf(error);
  const code = codeOf(response.status, said);
  const retryAfterMs = retryAfter(response.headers as Record<string, unknown>) ?? undefined;
  const failure = new ProviderError(code, explain(response.status, said, call), { retryAfterMs });
  return Object.assign(failure, { status: response.status });
}

/** The HTTP status behind an error of a DigitalOcean call; null where nothing was answered. */
export function statusOf(error: unknown): number | null {
  return error instanceof ProviderError ? ((error as ProviderError & { status?: number }).status ?? null) : null;
}

export const isNotFound = (error: unknown) => statusOf(error) === 404;

function wordsOf(error: AxiosError): string {
  const body = error.response?.data as { message?: unknown } | undefined;
  return typeof body?.message === "string" ? body.message : `status ${error.response?.status}`;
}

function codeOf(status: number, said: string): ProviderErrorCode {
  if (status === 401 || status === 403) return "unauthorized";
  if (status === 429) return "throttled";
  if (status === 409 || (status === 422 && /pending event|already in use|already exists/i.test(said)))
    return "conflict";
  if (status === 422 && /limit/i.test(said)) return "quota";
  if (status === 422 && /(not available|unavailable|sold out|out of stock)/i.test(said)) return "capacity";
  return status >= 500 ? "internal" : "invalid";
}

function explain(status: number, said: string, call: Call): string {
  if (status === 403) return `The token lacks the scope ${scopeOf(call)}. DigitalOcean: ${said}`;
  if (status === 422 && /droplet limit/i.test(said)) {
    return `The account's Droplet limit is used up; ask DigitalOcean to raise it. DigitalOcean: ${said}`;
  }
  return `DigitalOcean: ${said} (${status})`;
}
