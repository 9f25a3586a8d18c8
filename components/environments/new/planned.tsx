"use client";

import { perHour } from "#components/ui/money.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { PlanAnswer } from "./use-plan.ts";

/** A plan, line by line. */
export function Planned({ plan: { resources, quotas, warnings } }: { plan: PlanAnswer }) {
  return (
    <>
      <ul className="divide-y divide-line">
        {resources.map(({ kind, title, count, price_per_hour }) => (
          <li key={`${kind} ${title}`} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
            <span className="tabular w-10 text-right text-ink-soft">{count} ×</span>
            <span className="font-medium">{kind}</span>
            <span className="min-w-0 flex-1 text-ink-soft">{title}</span>
            <span className="tabular text-ink-soft">
              {price_per_hour === undefined
                ? "price unknown"
                : price_per_hour === 0
                  ? ""
                  : `${perHour(price_per_hour)}/h`}
            </span>
          </li>
        ))}
      </ul>
      {quotas.map(({ name, unit, limit, used, wanted, enough }) => (
        <p key={name} className={enough ? "text-ink-faint text-xs" : "text-warn text-xs"}>
          {name}: {used} of {limit} {unit} in use, {wanted} more wanted
        </p>
      ))}
      {warnings.map((warning) => (
        <Notice key={warning} tone="info">
          {warning}
        </Notice>
      ))}
    </>
  );
}
