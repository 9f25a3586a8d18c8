import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RemoveButton } from "#components/ui/remove-button.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import type { DockerAct } from "#lib/console/acts.ts";
import type { ImageRow } from "#lib/console/images.ts";
import { bytesText, counted, shortId } from "./sizes.ts";

type TableProps = { rows: readonly ImageRow[]; act: ((wish: DockerAct) => Promise<string | undefined>) | undefined };

const namesAtMost = 3;

export function ImageTable({ rows, act }: TableProps) {
  return (
    <Table caption="Images">
      <thead>
        <tr>
          <HeadCell>Image</HeadCell>
          <HeadCell className="text-right">Size</HeadCell>
          <HeadCell className="hidden md:table-cell">Nodes</HeadCell>
          <HeadCell className="hidden sm:table-cell">Used by</HeadCell>
          <HeadCell className="hidden lg:table-cell">Built</HeadCell>
          {act && (
            <HeadCell>
              <span className="sr-only">Actions</span>
            </HeadCell>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, tags, size, nodes, usedBy, createdAt }) => (
          <Row key={id}>
            <Cell>
              {tags.slice(0, namesAtMost).map((tag) => (
                <p key={tag} className="break-all font-medium">
                  {tag}
                </p>
              ))}
              <p className="font-mono text-ink-faint text-xs">
                {shortId(id)}
                {tags.length === 0 && " · without a name"}
                {tags.length > namesAtMost && ` · ${tags.length - namesAtMost} more names`}
              </p>
            </Cell>
            <Cell className="tabular whitespace-nowrap text-right text-ink-soft">{bytesText(size)}</Cell>
            <Cell className="hidden text-ink-soft md:table-cell">{nodes.join(", ")}</Cell>
            <Cell className="hidden max-w-56 text-ink-soft sm:table-cell">
              <span className="block truncate" title={usedBy.join(", ")}>
                {usedBy.length === 0 ? "–" : usedBy.length === 1 ? usedBy[0] : counted(usedBy.length, "container")}
              </span>
            </Cell>
            <Cell className="hidden text-ink-soft lg:table-cell">
              <RelativeTime at={createdAt} />
            </Cell>
            {act && (
              <Cell className="w-0 py-1.5 text-right">
                <RemoveButton
                  what={`image ${tags[0] ?? shortId(id)}`}
                  remove={act.bind(null, { do: "remove image", id })}
                >
                  <p>
                    With all its names, from {nodes.length === 1 ? nodes[0] : `all ${nodes.length} nodes that have it`}.
                    A node that needs it again pulls it again; one that was built here and pushed nowhere is lost.
                  </p>
                  {usedBy.length > 0 && (
                    <p>
                      It is in use by {counted(usedBy.length, "container")}: while one of them runs, Docker refuses.
                    </p>
                  )}
                </RemoveButton>
              </Cell>
            )}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
