import Link from "next/link";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RemoveButton } from "#components/ui/remove-button.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import type { DockerAct } from "#lib/console/acts.ts";
import type { VolumeRow } from "#lib/console/volumes.ts";

type TableProps = {
  own: string;
  rows: readonly VolumeRow[];
  act: ((wish: DockerAct) => Promise<string | undefined>) | undefined;
};

const usersAtMost = 3;

export function VolumeTable({ own, rows, act }: TableProps) {
  return (
    <Table caption="Volumes">
      <thead>
        <tr>
          <HeadCell>Volume</HeadCell>
          <HeadCell>In use by</HeadCell>
          <HeadCell className="hidden md:table-cell">Nodes</HeadCell>
          <HeadCell className="hidden sm:table-cell">Made</HeadCell>
          {act && (
            <HeadCell>
              <span className="sr-only">Actions</span>
            </HeadCell>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, driver, nodes, usedBy, createdAt, stack }) => (
          <Row key={name}>
            <Cell className="max-w-72">
              <p className="truncate font-medium" title={name}>
                {name}
              </p>
              <p className="text-ink-faint text-xs">
                {[driver, stack && `stack ${stack}`].filter(Boolean).join(" · ")}
              </p>
            </Cell>
            <Cell className="max-w-72 text-ink-soft">
              {usedBy.length === 0 && "nobody"}
              {usedBy.slice(0, usersAtMost).map((user) => (
                <Link
                  key={user.id}
                  href={`${own}/containers/${user.id}`}
                  className="block truncate rounded-sm hover:underline"
                >
                  {user.name}
                </Link>
              ))}
              {usedBy.length > usersAtMost && `and ${usedBy.length - usersAtMost} more`}
            </Cell>
            <Cell className="hidden text-ink-soft md:table-cell">{nodes.join(", ")}</Cell>
            <Cell className="hidden text-ink-soft sm:table-cell">{createdAt && <RelativeTime at={createdAt} />}</Cell>
            {act && (
              <Cell className="w-0 py-1.5 text-right">
                <RemoveButton what={`volume ${name}`} remove={act.bind(null, { do: "remove volume", id: name })}>
                  <p>
                    All that is in it is lost for good, on {nodes.length > 1 ? `each of ${nodes.join(", ")}` : nodes[0]}
                    . There is no copy unless you made one.
                  </p>
                  {usedBy.length > 0 && <p>Containers still use it: Docker refuses until they are removed.</p>}
                </RemoveButton>
              </Cell>
            )}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
