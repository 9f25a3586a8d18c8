import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RemoveButton } from "#components/ui/remove-button.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";

type Session = {
  id: string;
  kind: "browser" | "script";
  organisation: string;
  current: boolean;
  createdAt: Date;
  expiresAt: Date;
};
type SessionTableProps = { sessions: Session[]; end: (id: string) => Promise<string | undefined> };

const kinds = { browser: "Browser", script: "Script, by a refreshing token" };

/** One's log-ins that are in force, each of which can be ended from here. */
export function SessionTable({ sessions, end }: SessionTableProps) {
  return (
    <Table caption="Sessions">
      <thead>
        <tr>
          <HeadCell>Log-in</HeadCell>
          <HeadCell className="hidden sm:table-cell">Organisation</HeadCell>
          <HeadCell>Begun</HeadCell>
          <HeadCell className="hidden sm:table-cell">Ends</HeadCell>
          <HeadCell>
            <span className="sr-only">Actions</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {sessions.map(({ id, kind, organisation, current, createdAt, expiresAt }) => (
          <Row key={id}>
            <Cell className="font-medium">{kinds[kind]}</Cell>
            <Cell className="hidden text-ink-soft sm:table-cell">{organisation}</Cell>
            <Cell className="text-ink-soft">
              <RelativeTime at={createdAt.toISOString()} />
            </Cell>
            <Cell className="hidden text-ink-soft sm:table-cell">
              <RelativeTime at={expiresAt.toISOString()} />
            </Cell>
            <Cell className="w-0 py-1.5 text-right">
              {current ? (
                <Badge tone="good">this one</Badge>
              ) : (
                <RemoveButton
                  verb="End"
                  what={`session of ${createdAt.toISOString().slice(0, 16)}`}
                  remove={end.bind(null, id)}
                >
                  That browser or script has to log in again. Nothing else changes.
                </RemoveButton>
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
