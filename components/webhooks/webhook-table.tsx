import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RemoveButton } from "#components/ui/remove-button.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import { type DeliveryState, DeliveryStateBadge } from "./delivery-state.tsx";

type Webhook = {
  id: string;
  name: string;
  url: string;
  events: string[];
  enabled: boolean;
  reason: string | null;
  lastDelivery: { state: DeliveryState; attempts: number; createdAt: Date } | null;
};

export function WebhookTable({
  webhooks,
  remove,
}: {
  webhooks: Webhook[];
  remove: (id: string) => Promise<string | undefined>;
}) {
  return (
    <Table caption="Webhooks">
      <thead>
        <tr>
          <HeadCell>Name</HeadCell>
          <HeadCell className="hidden md:table-cell">Told of</HeadCell>
          <HeadCell>Last delivery</HeadCell>
          <HeadCell>
            <span className="sr-only">Actions</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {webhooks.map(({ id, name, url, events, enabled, reason, lastDelivery }) => (
          <Row key={id}>
            <Cell>
              <span className="flex flex-wrap items-center gap-2">
                <Link
                  href={`/dashboard/integrations/webhooks/${id}`}
                  className="rounded-sm font-medium hover:underline"
                >
                  {name}
                </Link>
                {!enabled && <Badge tone={reason ? "bad" : "neutral"}>Off</Badge>}
              </span>
              <p className="line-clamp-2 break-all font-mono text-ink-faint text-xs">{url}</p>
            </Cell>
            <Cell className="hidden text-ink-soft md:table-cell">
              {events.length === 0
                ? "Everything"
                : events.length === 1
                  ? events[0]
                  : `${events.length} kinds of events`}
            </Cell>
            <Cell>
              {lastDelivery ? (
                <span className="flex flex-wrap items-center gap-2 text-ink-soft">
                  <DeliveryStateBadge {...lastDelivery} />
                  <RelativeTime at={lastDelivery.createdAt.toISOString()} />
                </span>
              ) : (
                <span className="text-ink-faint">Nothing yet</span>
              )}
            </Cell>
            <Cell className="w-0 py-1.5 text-right">
              <RemoveButton what={`webhook ${name}`} remove={remove.bind(null, id)}>
                Nothing more is sent there: what is pending is dropped, and its delivery log and secret are lost. This
                cannot be undone.
              </RemoveButton>
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
