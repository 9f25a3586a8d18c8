import { useEffect, useState } from "react";
import type { Problem } from "#lib/errors.ts";

const pauseMs = 600;
const timeoutMs = 45_000;

/** What `POST /environments/plan` answers, as far as it is shown. */
export type PlanAnswer = {
  resources: { kind: string; title: string; count: number; price_per_hour?: number }[];
  price_per_hour?: number;
  price_per_month?: number;
  quotas: { name: string; unit: string; limit: number; used: number; wanted: number; enough: boolean }[];
  warnings: string[];
};
type Answer = { body: string; plan?: PlanAnswer; problems?: Problem[] };

/** The plan of a request, asked for when it has stood still for a moment; `body` "": there is none yet. */
export function usePlan(body: string) {
  const [answer, setAnswer] = useState<Answer>();
  useEffect(() => {
    if (!body) return;
    const left = new AbortController();
    const timer = setTimeout(() => {
      const signal = AbortSignal.any([left.signal, AbortSignal.timeout(timeoutMs)]);
      ask(body, signal).then((found) => !left.signal.aborted && setAnswer(found));
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, [body]);
  const current = body !== "" && answer?.body === body;
  return { plan: answer?.plan, problems: current ? answer?.problems : undefined, current };
}

async function ask(body: string, signal: AbortSignal): Promise<Answer> {
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch("/environments/plan", { method: "POST", headers, body, signal });
    const said = await response.json();
    return response.ok ? { body, plan: said as PlanAnswer } : { body, problems: said.errors as Problem[] };
  } catch {
    return { body, problems: [{ code: "unavailable", message: "CloudHero did not answer." }] };
  }
}
