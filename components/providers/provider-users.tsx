import Link from "next/link";
import { StateBadge } from "#components/environments/state-badge.tsx";
import { Section } from "#components/ui/section.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import type { EnvironmentState } from "#lib/model/states.ts";

type User = { id: string; name: string; applicationName: string; region: string; state: EnvironmentState };

type UsersProps = { users: readonly User[]; more: boolean; mayMake: boolean };

/** Where a provider is used. */
export function ProviderUsers({ users, more, mayMake }: UsersProps) {
  return (
    <Section title="Environments that use it">
      {users.length === 0 ? (
        <p className="text-ink-soft">
          None yet.{" "}
          {mayMake && (
            <>
              <Link href="/dashboard/environments/new" className="rounded-sm font-medium text-ink underline">
                Make one
              </Link>
              .
            </>
          )}
        </p>
      ) : (
        <Table caption="Environments that use it">
          <thead>
            <tr>
              <HeadCell>Environment</HeadCell>
              <HeadCell className="hidden sm:table-cell">Region</HeadCell>
              <HeadCell>State</HeadCell>
            </tr>
          </thead>
          <tbody>
            {users.map(({ id, name, applicationName, region, state }) => (
              <Row key={id}>
                <Cell>
                  <Link href={`/dashboard/environments/${id}`} className="rounded-sm font-medium hover:underline">
                    {name}
                  </Link>{" "}
                  <span className="text-ink-faint">{applicationName}</span>
                </Cell>
                <Cell className="hidden text-ink-soft sm:table-cell">{region}</Cell>
                <Cell>
                  <StateBadge state={state} />
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      {more && <p className="text-ink-faint">and more: the overview has them all.</p>}
    </Section>
  );
}
