import { LayoutList } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { MissingNodes } from "#components/docker/missing-nodes.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import { listStacks } from "#lib/console/stacks/list.ts";
import { readCluster } from "../read.ts";

export const metadata: Metadata = { title: "Stacks" };

type Props = { params: Promise<{ id: string }> };

export default async function StacksPage({ params }: Props) {
  const { id } = await params;
  const own = `/dashboard/environments/${id}/docker`;
  const { environment, mayAct, found, problem } = await readCluster(id, "stacks", (ctx) => listStacks(ctx, id));
  const deploy = mayAct && (
    <ButtonLink variant="primary" href={`${own}/deploy`}>
      Deploy a Compose file
    </ButtonLink>
  );
  return (
    <>
      <MissingNodes environment={environment} missing={found?.missing ?? []} problem={problem} />
      {found && found.rows.length === 0 && (
        <EmptyState icon={<LayoutList aria-hidden />} title="No stack yet" actions={deploy}>
          A stack is what one Compose file describes: services, their networks, configs and secrets, under one name.
          What docker stack deploy makes from your own terminal is shown here too.
        </EmptyState>
      )}
      {found && found.rows.length > 0 && (
        <>
          <div className="mb-4 flex justify-end">{deploy}</div>
          <Table caption="Stacks">
            <thead>
              <tr>
                <HeadCell>Stack</HeadCell>
                <HeadCell className="text-right">Services</HeadCell>
                <HeadCell className="text-right">Running</HeadCell>
                <HeadCell className="hidden sm:table-cell">Changed</HeadCell>
              </tr>
            </thead>
            <tbody>
              {found.rows.map(({ name, services, running, desired, updatedAt }) => (
                <Row key={name}>
                  <Cell>
                    <Link
                      href={`${own}/stacks/${encodeURIComponent(name)}`}
                      className="rounded-sm font-medium hover:underline"
                    >
                      {name}
                    </Link>
                  </Cell>
                  <Cell className="tabular text-right text-ink-soft">{services}</Cell>
                  <Cell
                    className={`tabular text-right font-medium ${running < desired ? "text-warn" : "text-ink-soft"}`}
                  >
                    {running}/{desired}
                  </Cell>
                  <Cell className="hidden text-ink-soft sm:table-cell">
                    <RelativeTime at={updatedAt} />
                  </Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        </>
      )}
    </>
  );
}
