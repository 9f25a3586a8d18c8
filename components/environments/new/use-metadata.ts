import { useCallback, useEffect, useState } from "react";
import { unanswered } from "#components/ui/unanswered.ts";
import type { Metadata } from "#lib/providers/provider.ts";

const timeoutMs = 60_000;

/** Regions and sizes, and what an environment may say of how its servers are launched. */
export type Described = Metadata & {
  choices: { images: string[]; network: boolean; disk_gib?: { least: number; most: number; usual: number } };
};
type Answer = { url: string; metadata?: Described; problem?: string };

/**
 * A provider's regions and sizes as they are now; of one `region` alone, and priced, where one is named. `problem` has
 * the cloud's words where it refused. Nothing is asked without a provider, or for an empty region.
 */
export function useMetadata(providerId: string, region?: string) {
  const [answer, setAnswer] = useState<Answer>();
  const [attempt, setAttempt] = useState(0);
  const query = region === undefined ? "" : `?region=${encodeURIComponent(region)}`;
  const url = providerId && region !== "" ? `/providers/${encodeURIComponent(providerId)}/meta${query}` : "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt asks again.
  useEffect(() => {
    if (!url) return;
    const left = new AbortController();
    setAnswer(undefined);
    ask(url, AbortSignal.any([left.signal, AbortSignal.timeout(timeoutMs)])).then(
      (found) => !left.signal.aborted && setAnswer(found),
    );
    return () => left.abort();
  }, [url, attempt]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const current = answer?.url === url ? answer : undefined;
  return { metadata: current?.metadata, problem: current?.problem, retry };
}

async function ask(url: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(url, { signal });
    const body = await response.json();
    if (response.ok) return { url, metadata: body as Described };
    return { url, problem: body.errors?.[0]?.message ?? `The server answered ${response.status}.` };
  } catch {
    return { url, problem: unanswered };
  }
}
