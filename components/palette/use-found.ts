import { useEffect, useState } from "react";
import type { Found } from "./commands.ts";

const pauseMs = 120;
const timeoutMs = 8000;
const most = "8";

type Result = { found: Found[]; problem?: string; busy: boolean };

/** The environments that the server finds for `words` among those that `among` says; the last answer until the next is there. */
export function useFound(words: string, among: Record<string, string>): Result {
  const [result, setResult] = useState<Result>({ found: [], busy: true });
  const query = new URLSearchParams({ q: words, limit: most, ...among }).toString();
  useEffect(() => {
    const left = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await seek(query, AbortSignal.any([left.signal, AbortSignal.timeout(timeoutMs)]));
      if (!left.signal.aborted) setResult({ ...answer, busy: false });
    }, pauseMs);
    return () => {
      left.abort();
      clearTimeout(timer);
    };
  }, [query]);
  return result;
}

async function seek(query: string, signal: AbortSignal): Promise<Omit<Result, "busy">> {
  try {
    const response = await fetch(`/search?${query}`, { signal });
    if (!response.ok) return { found: [], problem: "Environments cannot be searched now: reload the page." };
    return { found: await response.json() };
  } catch {
    return { found: [], problem: "CloudHero did not answer: check the connection, then type again." };
  }
}
