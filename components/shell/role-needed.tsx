import { Lock } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { Role } from "#lib/model/roles.ts";

/** What stands on a page for somebody whose role does not reach it: which would, and who can help. */
export function RoleNeeded({ needed, mine, what }: { needed: Role; mine: Role; what: string }) {
  return (
    <EmptyState icon={<Lock aria-hidden />} title={`${what} for the role ${needed}`}>
      Yours here is {mine}. An owner or admin of your organisation can show you what you need, or raise your role.
    </EmptyState>
  );
}
