import Link from "next/link";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import type { TaskRow } from "#lib/console/services.ts";
import { counted } from "./sizes.ts";
import { DockerState } from "./state.tsx";

type TasksProps = { own: string; tasks: readonly TaskRow[]; more: number };

const ended = ["complete", "failed", "rejected", "orphaned", "remove", "shutdown"];

/** A service's tasks by node; an error stands in its row. */
export function TaskTable({ own, tasks, more }: TasksProps) {
  if (tasks.length === 0) return <p className="text-ink-soft">It has no task now.</p>;
  return (
    <>
      <Table caption="Tasks">
        <thead>
          <tr>
            <HeadCell>Task</HeadCell>
            <HeadCell>State</HeadCell>
            <HeadCell>Node</HeadCell>
            <HeadCell className="hidden sm:table-cell">Since</HeadCell>
          </tr>
        </thead>
        <tbody>
          {tasks.map(({ id, slot, node, image, state, desired, at, error, containerId }) => (
            <Row key={id}>
              <Cell className="max-w-52 sm:max-w-80">
                {containerId && state === "running" ? (
                  <Link href={`${own}/containers/${containerId}`} className="rounded-sm font-medium hover:underline">
                    {slot ?? id.slice(0, 8)}
                  </Link>
                ) : (
                  <span className="font-medium">{slot ?? id.slice(0, 8)}</span>
                )}
                <p className="truncate text-ink-faint text-xs" title={image}>
                  {image}
                </p>
                {error && <p className="break-words text-bad text-xs">{error}</p>}
              </Cell>
              <Cell>
                <DockerState state={state} />
                {desired !== state && desired !== "running" && !ended.includes(state) && (
                  <p className="mt-1 text-ink-faint text-xs">to be {desired}</p>
                )}
              </Cell>
              <Cell className="text-ink-soft">{node ?? "not placed"}</Cell>
              <Cell className="hidden text-ink-soft sm:table-cell">
                <RelativeTime at={at} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {more > 0 && <p className="text-ink-faint text-xs">{counted(more, "older task")} not shown.</p>}
    </>
  );
}
