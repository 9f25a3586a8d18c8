import type { ReactNode } from "react";
import { Card } from "#components/ui/card.tsx";
import { monthly, perHour } from "#components/ui/money.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { ChangePlanAnswer } from "./use-change-plan.ts";

type PanelProps = { plan: ChangePlanAnswer | undefined; asked: boolean; problems: readonly string[] };

/** What a change comes to, before it is made. */
export function ChangePlan({ plan, asked, problems }: PanelProps) {
  return (
    <Card>
      <div className="flex items-baseline justify-between gap-3 border-line border-b px-5 py-3">
        <h2 className="font-semibold">Plan</h2>
        <p className="tabular text-ink-soft" role="status">
          {plan ? costsOf(plan) : asked && problems.length === 0 ? "Planning …" : ""}
        </p>
      </div>
      <div className="flex min-h-20 flex-col gap-3 px-5 py-4">
        {problems.map((problem) => (
          <Notice key={problem} tone="bad">
            {problem}
          </Notice>
        ))}
        {!asked && <p className="text-ink-soft">Change anything above, and what would be done is listed here.</p>}
        {plan && <Steps plan={plan} />}
        {plan?.warnings.map((warning) => (
          <Notice key={warning} tone="warn">
            {warning}
          </Notice>
        ))}
      </div>
    </Card>
  );
}

const price = (perMonth: number | undefined, anHour: number | undefined) =>
  perMonth === undefined || anHour === undefined
    ? "price unknown"
    : anHour === 0
      ? "free"
      : `${perHour(anHour)} an hour, ${monthly(perMonth)}`;

function costsOf(plan: ChangePlanAnswer): string {
  const before = price(plan.price_per_month_before, plan.price_per_hour_before);
  const after = price(plan.price_per_month, plan.price_per_hour);
  return before === after ? `Cost unchanged: ${after}` : `From ${before} to ${after}`;
}

function Steps({ plan: { added, removed, replaced, changed } }: { plan: ChangePlanAnswer }) {
  const count = added.length + removed.length + replaced.length + changed.length;
  if (count === 0) return <p className="text-ink-soft">That is what is there: nothing changes.</p>;
  return (
    <ul aria-label="What changes" className="divide-y divide-line">
      {added.map(({ name, size, packages }) => (
        <Step key={`add ${name}`} verb="Add" name={name}>
          {[size, ...packages].join(", ")}
        </Step>
      ))}
      {replaced.map(({ name, from, to }) => (
        <Step key={`replace ${name}`} verb="Replace" name={name}>
          {from} by a new, empty {to}
        </Step>
      ))}
      {changed.map(({ name, installed, uninstalled, ports }) => (
        <Step key={`change ${name}`} verb="Change" name={name}>
          {[
            installed.length > 0 && `install ${installed.join(", ")}`,
            uninstalled.length > 0 && `switch off ${uninstalled.join(", ")}`,
            ports && "other open ports",
          ]
            .filter(Boolean)
            .join("; ")}
        </Step>
      ))}
      {removed.map((name) => (
        <Step key={`remove ${name}`} verb="Remove" name={name}>
          with all that is on its disk
        </Step>
      ))}
    </ul>
  );
}

function Step({ verb, name, children }: { verb: string; name: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 py-1.5">
      <span className="w-16 text-ink-faint">{verb}</span>
      <span className="font-medium">{name}</span>
      <span className="min-w-0 text-ink-soft">{children}</span>
    </li>
  );
}
