import { Badge } from "#components/ui/badge.tsx";

type State = { trouble: string | null; missingPermissions: readonly string[]; throttledUntil: Date | null };

/** Whether a provider's credentials work, in a word. */
export function ProviderState({ trouble, missingPermissions, throttledUntil }: State) {
  if (trouble)
    return (
      <Badge tone="bad" dot>
        Refused
      </Badge>
    );
  const lacking = missingPermissions.length;
  if (lacking > 0)
    return (
      <Badge tone="warn" dot>
        {lacking === 1 ? "1 permission missing" : `${lacking} permissions missing`}
      </Badge>
    );
  if (throttledUntil)
    return (
      <Badge tone="warn" dot>
        Throttled
      </Badge>
    );
  return (
    <Badge tone="good" dot>
      Working
    </Badge>
  );
}
