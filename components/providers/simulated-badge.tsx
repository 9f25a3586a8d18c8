import { Badge } from "#components/ui/badge.tsx";

/** What everything of a practice cloud is labelled with. */
export const SimulatedBadge = () => <Badge tone="warn">Practice cloud (simulated)</Badge>;
