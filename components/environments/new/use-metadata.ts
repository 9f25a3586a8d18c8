import { useCallback, useEffect, useState } from "react";
import type { Metadata } from "#lib/providers/provider.ts";

const timeoutMs = 40_000;

type Answer = { providerId: string; metadata?: Metadata; problem?: string };

/** A provider's regions and sizes as they are now; `problem` has the cloud's words where it refused. */
export function useMetadata(providerId: string) {
  const [answer, setAnswer] = useState<Answer>();
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt asks again.
  useEffect(() => {
    if (!providerId) return;
    const left = new AbortController();
    setAnswer(undefined);
    ask(providerId, AbortSignal.any([left.signal, AbortSignal.timeout(timeoutMs)])).then(
      (found) => !left.signal.aborted && setAnswer(found),
    );
    return () => left.abort();
  }, [providerId, attempt]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const current = answer?.providerId === providerId ? answer : undefined;
  return { metadata: current?.metadata, problem: current?.problem, retry };
}

async function ask(providerId: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(`/providers/${encodeURIComponent(providerId)}/meta`, { signal });
    const body = await response.json();
    if (response.ok) return { providerId, metadata: body as Metadata };
    return { providerId, problem: body.errors?.[0]?.message ?? `The server answered ${response.status}.` };
  } catch {
    return { providerId, problem: "CloudHero did not answer: check the connection, then try again." };
  }
}
