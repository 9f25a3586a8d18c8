"use client";

import { Card } from "#components/ui/card.tsx";
import { monthly, perHour } from "#components/ui/money.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { PlanAnswer } from "./use-plan.ts";

type PanelProps = {
  plan: PlanAnswer | undefined;
  /** It is of what the form says now. */
  current: boolean;
  problems: readonly string[];
};

/** What would be made, what it costs, and what stands in its way. */
export function PlanPanel({ plan, current, problems }: PanelProps) {
  return (
    <Card>
      <div className="flex items-baseline justify-between border-line border-b px-5 py-3">
        <h2 className="font-semibold">Plan</h2>
        <p className="tabular text-ink-soft" role="status">
          {!plan ? "" : !current ? "Planning …" : totalOf(plan)}
        </p>
      </div>
      <div className="flex min-h-24 flex-col gap-3 px-5 py-4" aria-busy={plan && !current}>
        {problems.map((problem) => (
          <Notice key={problem} tone="bad">
            {problem}
          </Notice>
        ))}
        {plan ? (
          <Resources plan={plan} />
        ) : (
          problems.length === 0 && (
            <p className="text-ink-soft">Fill in the form, and what would be made is listed here with its price.</p>
          )
        )}
      </div>
    </Card>
  );
}

const totalOf = ({ price_per_hour, price_per_month }: PlanAnswer): string =>
  price_per_hour === undefined || price_per_month === undefined
    ? "Price unknown"
    : price_per_hour === 0
      ? "Free"
      : `${perHour(price_per_hour)} an hour · ${monthly(price_per_month)}`;

function Resources({ plan: { resources, quotas, warnings } }: { plan: PlanAnswer }) {
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
