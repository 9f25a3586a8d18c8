import { ChevronRight } from "lucide-react";
import { ActButton } from "#components/ui/act-button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { type DeliveryState, DeliveryStateBadge } from "./delivery-state.tsx";

type Try = { at: string; status: number | null; error: string | null; durationMs: number };
export type Delivery = {
  id: string;
  event: string;
  state: DeliveryState;
  attempts: number;
  dueAt: Date | null;
  status: number | null;
  error: string | null;
  tries: Try[];
  payload: Record<string, unknown>;
  createdAt: Date;
};
type ListProps = { deliveries: Delivery[]; redeliver?: (id: string) => Promise<string | undefined> };

/** What was sent to a webhook; each opens to its tries and what was in it. */
export function DeliveryList({ deliveries, redeliver }: ListProps) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {deliveries.map((delivery) => (
        <li key={delivery.id}>
          <details className="group">
            <summary className="-outline-offset-2 flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 hover:bg-raised/50">
              <ChevronRight className="size-4 shrink-0 text-ink-faint group-open:rotate-90" aria-hidden />
              <span className="font-mono text-xs">{delivery.event}</span>
              <DeliveryStateBadge state={delivery.state} attempts={delivery.attempts} />
              <Outcome delivery={delivery} />
              <span className="ml-auto text-ink-faint text-xs">
                <RelativeTime at={delivery.createdAt.toISOString()} />
              </span>
            </summary>
            <Opened delivery={delivery} redeliver={redeliver} />
          </details>
        </li>
      ))}
    </ul>
  );
}

function Outcome({ delivery: { state, status, tries, dueAt } }: { delivery: Delivery }) {
  return (
    <span className="tabular text-ink-soft text-xs">
      {status ?? (tries.length > 0 ? "no answer" : "not tried yet")}
      {tries.length > 1 && `, ${tries.length} tries`}
      {state === "pending" && tries.length > 0 && dueAt && (
        <>
          , next <RelativeTime at={dueAt.toISOString()} />
        </>
      )}
    </span>
  );
}

function Opened({ delivery, redeliver }: { delivery: Delivery; redeliver: ListProps["redeliver"] }) {
  const { id, tries, error, payload, state } = delivery;
  return (
    <div className="flex flex-col gap-3 border-line border-t bg-canvas px-4 py-3">
      {tries.length === 0 && error && <p className="text-ink-soft text-xs">{error}</p>}
      <ol className="flex flex-col gap-1.5 text-xs">
        {tries.map((one) => (
          <li key={one.at} className="flex flex-wrap gap-x-3 text-ink-soft">
            <span className="text-ink-faint">
              <RelativeTime at={one.at} />
            </span>
            <span className="tabular font-medium text-ink">{one.status ?? "no answer"}</span>
            <span className="tabular">{one.durationMs} ms</span>
            {one.error && <span className="min-w-0 break-words text-bad">{one.error}</span>}
          </li>
        ))}
      </ol>
      <CodeBlock code={JSON.stringify(payload, null, 2)} label={`body of ${id}`} />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-mono text-ink-faint text-xs">webhook-id: {id}</p>
        {redeliver && (
          <ActButton act={redeliver.bind(null, id)} title="It was not sent" size="small">
            {state === "pending" ? "Send now" : "Send again"}
          </ActButton>
        )}
      </div>
    </div>
  );
}
