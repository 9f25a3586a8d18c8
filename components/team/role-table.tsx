import { Badge } from "#components/ui/badge.tsx";
import { type Role, roles, roleWords } from "#lib/model/roles.ts";

/** What each role may do; each may all that those before it may. */
export function RoleTable({ own }: { own: Role }) {
  return (
    <dl className="grid gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-2 lg:grid-cols-4">
      {roles.map((role) => (
        <div key={role} className="bg-surface p-4">
          <dt className="flex min-h-5.5 items-center gap-2 font-medium capitalize">
            {role}
            {role === own && <Badge>yours</Badge>}
          </dt>
          <dd className="mt-1 text-ink-soft">{roleWords[role]}</dd>
        </div>
      ))}
    </dl>
  );
}
