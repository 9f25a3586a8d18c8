import Link from "next/link";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RemoveButton } from "#components/ui/remove-button.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import { RegistryState } from "./registry-state.tsx";

type Registry = {
  id: string;
  name: string;
  url: string;
  username: string;
  verified: boolean;
  reason: string | null;
  createdAt: Date;
};
type TableProps = { registries: Registry[]; remove?: (id: string) => Promise<string | undefined> };

export function RegistryTable({ registries, remove }: TableProps) {
  return (
    <Table caption="Registries">
      <thead>
        <tr>
          <HeadCell>Name</HeadCell>
          <HeadCell className="hidden md:table-cell">User</HeadCell>
          <HeadCell>Credentials</HeadCell>
          <HeadCell className="hidden sm:table-cell">Added</HeadCell>
          <HeadCell>
            <span className="sr-only">Actions</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {registries.map(({ id, name, url, username, verified, reason, createdAt }) => (
          <Row key={id}>
            <Cell>
              <Link
                href={`/dashboard/integrations/registries/${id}`}
                className="rounded-sm font-medium hover:underline"
              >
                {name}
              </Link>
              <p className="line-clamp-2 break-all font-mono text-ink-faint text-xs">{url}</p>
            </Cell>
            <Cell className="hidden text-ink-soft md:table-cell">{username}</Cell>
            <Cell>
              <div className="flex max-w-xs flex-col items-start gap-1">
                <RegistryState verified={verified} />
                {reason && <span className="break-words text-ink-soft text-xs">{reason}</span>}
              </div>
            </Cell>
            <Cell className="hidden text-ink-soft sm:table-cell">
              <RelativeTime at={createdAt.toISOString()} />
            </Cell>
            <Cell className="w-0 py-1.5 text-right">
              {remove && (
                <RemoveButton what={`registry ${name}`} remove={remove.bind(null, id)}>
                  CloudHero forgets this user name and password. Docker clusters get no more private images with them;
                  containers that run go on.
                </RemoveButton>
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
