import Link from "next/link";
import { RemoveButton } from "#components/ui/remove-button.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import type { DockerAct } from "#lib/console/acts.ts";
import type { NetworkRow } from "#lib/console/networks.ts";

type TableProps = {
  own: string;
  rows: readonly NetworkRow[];
  act: ((wish: DockerAct) => Promise<string | undefined>) | undefined;
};

export function NetworkTable({ own, rows, act }: TableProps) {
  return (
    <Table caption="Networks">
      <thead>
        <tr>
          <HeadCell>Network</HeadCell>
          <HeadCell>Driver</HeadCell>
          <HeadCell className="hidden sm:table-cell">Reach</HeadCell>
          <HeadCell className="hidden sm:table-cell">Addresses</HeadCell>
          {act && (
            <HeadCell>
              <span className="sr-only">Actions</span>
            </HeadCell>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, driver, scope, internal, attachable, subnets, stack, own: isDockers }) => (
          <Row key={id}>
            <Cell className="max-w-72">
              <Link href={`${own}/networks/${id}`} className="block truncate rounded-sm font-medium hover:underline">
                {name}
              </Link>
              <p className="text-ink-faint text-xs">{isDockers ? "Docker’s own" : stack && `stack ${stack}`}</p>
            </Cell>
            <Cell className="text-ink-soft">{driver}</Cell>
            <Cell className="hidden text-ink-soft sm:table-cell">
              {[scope === "swarm" ? "all nodes" : "one node", internal && "internal", attachable && "attachable"]
                .filter(Boolean)
                .join(", ")}
            </Cell>
            <Cell className="tabular hidden text-ink-soft sm:table-cell">{subnets.join(", ")}</Cell>
            {act && (
              <Cell className="w-0 py-1.5 text-right">
                {!isDockers && (
                  <RemoveButton what={`network ${name}`} remove={act.bind(null, { do: "remove network", id })}>
                    <p>Docker refuses while a container or a service is in it. Nothing but the network is lost.</p>
                  </RemoveButton>
                )}
              </Cell>
            )}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
