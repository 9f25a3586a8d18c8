import { useEffect, useState } from "react";
import type { Problem } from "#lib/errors.ts";

const pauseMs = 500;
const timeoutMs = 45_000;

/** What `POST /environments/{id}/plan` answers. */
export type ChangePlanAnswer = {
  added: { name: string; size: string; packages: string[] }[];
  removed: string[];
  replaced: { name: string; from: string; to: string }[];
  changed: { name: string; installed: string[]; uninstalled: string[]; ports: boolean }[];
  price_per_hour_before?: number;
  price_per_month_before?: number;
  price_per_hour?: number;
  price_per_month?: number;
  warnings: string[];
};
type Answer = { body: string; plan?: ChangePlanAnswer; problems?: Problem[] };

/** The plan of a change, asked for when it has stood still for a moment; `body` "": there is none. */
export function useChangePlan(id: string, body: string) {
  const [answer, setAnswer] = useState<Answer>();
  useEffect(() => {
    if (!body) return;
    const left = new AbortController();
    const timer = setTimeout(() => {
      const signal = AbortSignal.any([left.signal, AbortSignal.timeout(timeoutMs)]);
      ask(id, body, signal).then((found) => !left.signal.aborted && setAnswer(found));
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, [id, body]);
  const current = body !== "" && answer?.body === body ? answer : undefined;
  return { plan: current?.plan, problems: current?.problems ?? [] };
}

async function ask(id: string, body: string, signal: AbortSignal): Promise<Answer> {
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`/environments/${id}/plan`, { method: "POST", headers, body, signal });
    const said = await response.json();
    return response.ok ? { body, plan: said as ChangePlanAnswer } : { body, problems: said.errors as Problem[] };
  } catch {
    return {
      body,
      problems: [{ code: "unavailable", message: "CloudHero did not answer: change anything to ask again." }],
    };
  }
}
