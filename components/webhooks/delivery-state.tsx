import { Badge, type Tone } from "#components/ui/badge.tsx";

export type DeliveryState = "pending" | "delivered" | "failed";

const looks: Record<DeliveryState, { tone: Tone; word: string }> = {
  pending: { tone: "busy", word: "Pending" },
  delivered: { tone: "good", word: "Delivered" },
  failed: { tone: "bad", word: "Failed" },
};

export function DeliveryStateBadge({ state, attempts }: { state: DeliveryState; attempts: number }) {
  const { tone, word } = looks[state];
  const isRetried = state === "pending" && attempts > 0;
  return (
    <Badge tone={isRetried ? "warn" : tone} dot>
      {isRetried ? "Will be retried" : word}
    </Badge>
  );
}
