import { Badge } from "#components/ui/badge.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";

type Organisation = { id: string; name: string; role: string; current: boolean };
type OrganisationTableProps = { organisations: Organisation[]; enter: (id: string) => Promise<void> };

/** The organisations that one belongs to; a click goes to another. */
export function OrganisationTable({ organisations, enter }: OrganisationTableProps) {
  return (
    <Table caption="Organisations">
      <thead>
        <tr>
          <HeadCell>Name</HeadCell>
          <HeadCell>Your role</HeadCell>
          <HeadCell>
            <span className="sr-only">Actions</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {organisations.map(({ id, name, role, current }) => (
          <Row key={id}>
            <Cell className="font-medium">{name}</Cell>
            <Cell className="text-ink-soft capitalize">{role}</Cell>
            <Cell className="w-0 py-1.5 text-right">
              {current ? (
                <Badge tone="good">here</Badge>
              ) : (
                <form action={enter.bind(null, id)}>
                  <SubmitButton variant="secondary" size="small">
                    Switch<span className="sr-only"> to {name}</span>
                  </SubmitButton>
                </form>
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
