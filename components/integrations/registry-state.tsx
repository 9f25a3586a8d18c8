import { Badge } from "#components/ui/badge.tsx";

/** Whether a registry took the credentials when it was last asked, in a word. */
export function RegistryState({ verified }: { verified: boolean }) {
  return (
    <Badge tone={verified ? "good" : "warn"} dot>
      {verified ? "Verified" : "Not verified"}
    </Badge>
  );
}
