import Link from "next/link";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import type { ServiceRow } from "#lib/console/services.ts";
import { DockerState } from "./state.tsx";

/** Services: how many tasks run of those that should. */
export function ServiceTable({ own, rows }: { own: string; rows: readonly ServiceRow[] }) {
  return (
    <Table caption="Services">
      <thead>
        <tr>
          <HeadCell>Service</HeadCell>
          <HeadCell className="text-right">Running</HeadCell>
          <HeadCell className="hidden md:table-cell">Mode</HeadCell>
          <HeadCell className="hidden sm:table-cell">Ports</HeadCell>
          <HeadCell className="hidden sm:table-cell">Changed</HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, image, running, desired, mode, ports, updatedAt, update }) => (
          <Row key={id}>
            <Cell className="max-w-52 sm:max-w-80">
              <Link
                href={`${own}/services/${encodeURIComponent(name)}`}
                className="block truncate rounded-sm font-medium hover:underline"
              >
                {name}
              </Link>
              <p className="truncate text-ink-faint text-xs" title={image}>
                {image}
              </p>
              {update && (
                <span className="mt-1 inline-block">
                  <DockerState state={update.state} />
                </span>
              )}
            </Cell>
            <Cell className={`tabular text-right font-medium ${running < desired ? "text-warn" : "text-ink-soft"}`}>
              {running}/{desired}
            </Cell>
            <Cell className="hidden text-ink-soft md:table-cell">{mode}</Cell>
            <Cell className="tabular hidden text-ink-soft sm:table-cell">
              {ports.map(({ text }) => text).join(", ") || "–"}
            </Cell>
            <Cell className="hidden text-ink-soft sm:table-cell">
              <RelativeTime at={updatedAt} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
