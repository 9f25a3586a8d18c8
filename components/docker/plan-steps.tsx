import { Badge, type Tone } from "#components/ui/badge.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { StackPlan, Step } from "#lib/console/stacks/plan.ts";

const words: Record<Step["change"], { plan: string; done: string; tone: Tone }> = {
  create: { plan: "create", done: "created", tone: "good" },
  update: { plan: "update", done: "updated", tone: "busy" },
  keep: { plan: "as it is", done: "as it was", tone: "neutral" },
  remove: { plan: "remove", done: "removed", tone: "bad" },
  left: { plan: "left", done: "left", tone: "neutral" },
  refused: { plan: "refused", done: "refused", tone: "bad" },
};

const details: Partial<Record<Step["change"], string>> = {
  left: "is not in the file, and stays",
  remove: "is not in the file: its tasks end",
};

/** What will be done, or was. */
export function PlanSteps({ plan: { steps, warnings }, done }: { plan: StackPlan; done: boolean }) {
  const idle = steps.every(({ change }) => change === "keep" || change === "left");
  return (
    <section aria-label={done ? "What was done" : "Plan"} className="flex flex-col gap-3">
      <h3 className="font-semibold">
        {idle ? "Nothing to do: the stack is as the file says" : done ? "Deployed" : "What deploying does"}
      </h3>
      <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface">
        {steps.map(({ kind, name, change, detail = details[change] }) => (
          <li key={`${kind} ${name}`} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
            <Badge tone={words[change].tone}>{words[change][done ? "done" : "plan"]}</Badge>
            <span className="text-ink-faint">{kind}</span>
            <span className="break-all font-medium">{name}</span>
            {detail && <span className="min-w-0 break-words text-ink-soft text-xs">{detail}</span>}
          </li>
        ))}
      </ul>
      {warnings.length > 0 && (
        <Notice tone="warn">
          <ul className="flex flex-col gap-1">
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  );
}
