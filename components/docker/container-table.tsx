import Link from "next/link";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import type { DockerAct } from "#lib/console/acts.ts";
import type { ContainerRow } from "#lib/console/containers.ts";
import { ContainerActions } from "./container-actions.tsx";
import { Ports } from "./ports.tsx";
import { DockerState } from "./state.tsx";

type TableProps = {
  /** The address of the cluster's pages. */
  own: string;
  rows: readonly ContainerRow[];
  act: ((wish: DockerAct) => Promise<string | undefined>) | undefined;
};

export function ContainerTable({ own, rows, act }: TableProps) {
  return (
    <Table caption="Containers">
      <thead>
        <tr>
          <HeadCell>Container</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell className="hidden md:table-cell">Node</HeadCell>
          <HeadCell className="hidden sm:table-cell">Ports</HeadCell>
          <HeadCell className="hidden sm:table-cell">
            <span className="sr-only">Actions</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id}>
            <Cell className="max-w-44 sm:max-w-80">
              <Link
                href={`${own}/containers/${row.id}`}
                className="block truncate rounded-sm font-medium hover:underline"
                title={row.name}
              >
                {row.name}
              </Link>
              <p className="truncate text-ink-faint text-xs" title={row.image}>
                {row.image}
              </p>
            </Cell>
            <Cell>
              <DockerState state={row.state} />
              <p className="mt-1 whitespace-nowrap text-ink-faint text-xs">{row.status}</p>
            </Cell>
            <Cell className="hidden text-ink-soft md:table-cell">{row.node}</Cell>
            <Cell className="hidden sm:table-cell">
              <Ports ports={row.ports} />
            </Cell>
            <Cell className="hidden w-0 py-1.5 text-right sm:table-cell">
              <ContainerActions own={own} act={act} container={row} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
