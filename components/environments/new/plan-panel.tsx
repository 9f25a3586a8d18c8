"use client";

import { lazy, Suspense } from "react";
import { monthly, perHour } from "#components/ui/money.ts";
import { Notice } from "#components/ui/notice.tsx";
import { Step } from "./step.tsx";
import type { PlanAnswer } from "./use-plan.ts";

type PanelProps = {
  plan: PlanAnswer | undefined;
  /** It is of what the form says now. */
  current: boolean;
  problems: readonly string[];
};

/** Loaded with the first plan. */
const Planned = lazy(() => import("./planned.tsx").then((file) => ({ default: file.Planned })));

/** What would be made, what it costs, and what stands in its way. */
export function PlanPanel({ plan, current, problems }: PanelProps) {
  return (
    <Step number={4} title="Plan" aside={plan && !current && <p className="text-ink-faint text-xs">Planning …</p>}>
      <div className="flex min-h-24 flex-col gap-3 px-5 py-4" aria-busy={plan && !current}>
        {problems.map((problem) => (
          <Notice key={problem} tone="bad">
            {problem}
          </Notice>
        ))}
        {plan ? (
          <Suspense>
            <Planned plan={plan} />
          </Suspense>
        ) : (
          problems.length === 0 && (
            <p className="text-ink-soft">Fill in the form, and what would be made is listed here with its price.</p>
          )
        )}
      </div>
    </Step>
  );
}

/** What a plan costs, in a line. */
export const totalOf = ({ price_per_hour, price_per_month }: PlanAnswer): string =>
  price_per_hour === undefined || price_per_month === undefined
    ? "Price unknown"
    : price_per_hour === 0
      ? "Free"
      : `${perHour(price_per_hour)} an hour · ${monthly(price_per_month)}`;
