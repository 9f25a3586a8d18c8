import { type ReactNode, useId } from "react";
import { Card } from "#components/ui/card.tsx";

type StepProps = {
  number: number;
  title: string;
  count?: number;
  /** What the step is for, or what it comes to. */
  aside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
};

/** One of the steps of a long form, all of which are on the page. */
export function Step({ number, title, count, aside, actions, children }: StepProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Card>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b px-5 py-3">
          <h2 id={id} className="flex items-center gap-2.5 font-semibold">
            <span
              aria-hidden
              className="tabular grid size-5.5 place-items-center rounded-full bg-raised font-medium text-ink-soft text-xs"
            >
              {number}
            </span>
            {title}
            {count !== undefined && <span className="tabular font-normal text-ink-faint">{count}</span>}
          </h2>
          {aside}
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </div>
        {children}
      </Card>
    </section>
  );
}
