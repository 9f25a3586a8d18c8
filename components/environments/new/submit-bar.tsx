import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { totalOf } from "./plan-panel.tsx";
import type { PlanAnswer } from "./use-plan.ts";

type BarProps = {
  servers: number;
  plan: PlanAnswer | undefined;
  /** The plan is of what the form says now. */
  current: boolean;
  busy: boolean;
  children: ReactNode;
};

/** What pressing Create would make and cost; it stays in view. */
export function SubmitBar({ servers, plan, current, busy, children }: BarProps) {
  return (
    <div className="sticky bottom-3 z-20 flex flex-wrap items-center justify-between gap-x-3 gap-y-2 rounded-lg border border-line bg-surface px-4 py-2.5 sm:px-5 sm:py-3 shadow-lg">
      <p role="status" className="tabular">
        <span className="font-medium">{servers === 1 ? "1 server" : `${servers} servers`}</span>
        {plan && (
          <span className={current ? "text-ink-soft" : "text-ink-faint"}>
            {" · "}
            {current ? totalOf(plan) : "Planning …"}
          </span>
        )}
      </p>
      <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:*:flex-1 max-sm:*:px-2">
        {children}
        <Button type="submit" variant="primary" disabled={busy} aria-busy={busy}>
          {busy ? "Creating …" : "Create environment"}
        </Button>
      </div>
    </div>
  );
}
