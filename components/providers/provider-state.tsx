import { Badge } from "#components/ui/badge.tsx";

type State = { trouble: string | null; missingPermissions: readonly string[] };

/** Whether a provider's credentials work, in a word. */
export function ProviderState({ trouble, missingPermissions }: State) {
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
  return (
    <Badge tone="good" dot>
      Working
    </Badge>
  );
}
