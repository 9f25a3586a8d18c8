import { and, eq, isNotNull } from "drizzle-orm";
import { environments, providers } from "#drizzle/schema/index.ts";
import type { Database } from "#lib/db/client.ts";
import { appendEvents } from "#lib/db/events.ts";
import { ProviderError } from "#lib/providers/provider.ts";
import type { Loaded } from "./load.ts";

const patienceMs = { unauthorized: 30_000, throttled: 10_000, usual: 3_000 };

/** A cloud's wish to be left alone is obeyed for no longer than this. */
const longestRestMs = 3_600_000;

/**
 * Shows what keeps a round from its end; refused credentials turn the provider red, and nothing else changes. A used-up
 * rate limit is written down for all workers: it is the account's, and not theirs.
 */
export async function noteTrouble(db: Database, { environment, provider }: Loaded, error: unknown): Promise<void> {
  const message =
    error instanceof ProviderError ? error.message : "CloudHero could not go on; it tries again by itself.";
  if (error instanceof ProviderError && error.code === "unauthorized")
    await db.update(providers).set({ trouble: message }).where(eq(providers.id, provider.id));
  if (error instanceof ProviderError && error.code === "throttled" && error.retryAfterMs) {
    const throttledUntil = new Date(Date.now() + Math.min(error.retryAfterMs, longestRestMs));
    await db.update(providers).set({ throttledUntil }).where(eq(providers.id, provider.id));
  }
  if (environment.lastError === message) return;
  await db.update(environments).set({ lastError: message }).where(eq(environments.id, environment.id));
  await appendEvents(db, environment.id, [{ kind: "notice", message }]);
}

/** How long the cloud is to be left alone yet, in milliseconds; 0: it may be called. */
export function restMs({ provider }: Loaded): number {
  return Math.max(0, (provider.throttledUntil?.getTime() ?? 0) - Date.now());
}

/** The cloud has answered: the provider is well again. */
export async function clearTrouble(db: Database, { provider }: Loaded): Promise<void> {
  if (!provider.trouble) return;
  await db
    .update(providers)
    .set({ trouble: null })
    .where(and(eq(providers.id, provider.id), isNotNull(providers.trouble)));
}

/** How long to wait after an error, in milliseconds: what the cloud asked for, else our own patience. */
export function backOff(error: unknown): number {
  if (!(error instanceof ProviderError)) return patienceMs.usual;
  if (error.retryAfterMs) return Math.min(error.retryAfterMs, 300_000);
  return error.code === "unauthorized" || error.code === "throttled" ? patienceMs[error.code] : patienceMs.usual;
}
