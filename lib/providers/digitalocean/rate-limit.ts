import { ProviderError } from "../provider.ts";

/**
 * What the answers' RateLimit-* and Retry-After headers say is left: 5,000 calls an hour and 250 a minute for all who
 * use the account, so every process learns the same. https://docs.digitalocean.com/reference/api/digitalocean/#section/Introduction/Rate-Limit
 */
export class RateLimit {
  private blockedUntil = 0;

  /** Throws "throttled" while a call could only be refused. */
  check(): void {
    const waitMs = this.blockedUntil - Date.now();
    if (waitMs <= 0) return;
    throw new ProviderError("throttled", "DigitalOcean's rate limit for this account is used up.", {
      retryAfterMs: waitMs,
    });
  }

  learn(headers: Record<string, unknown>): void {
    const retryAfterMs = retryAfter(headers);
    if (retryAfterMs !== null) this.blockUntil(Date.now() + retryAfterMs);
    const resetAt = Number(headers["ratelimit-reset"]) * 1000;
    if (headers["ratelimit-remaining"] === "0" && resetAt > Date.now()) this.blockUntil(resetAt);
  }

  private blockUntil(at: number): void {
    this.blockedUntil = Math.max(this.blockedUntil, Math.min(at, Date.now() + 3_600_000));
  }
}

/** The wait that a Retry-After header asks for, in milliseconds; null without one. */
export function retryAfter(headers: Record<string, unknown>): number | null {
  const value = headers["retry-after"];
  if (value === undefined) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(String(value));
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}
