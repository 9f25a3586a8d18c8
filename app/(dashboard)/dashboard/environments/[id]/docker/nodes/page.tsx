import type { Metadata } from "next";
import { MissingNodes } from "#components/docker/missing-nodes.tsx";
import { NodeTile } from "#components/docker/node-tile.tsx";
import { listNodes } from "#lib/console/nodes.ts";
import { act, labelNode } from "../actions.ts";
import { readCluster } from "../read.ts";

export const metadata: Metadata = { title: "Nodes" };

type Props = { params: Promise<{ id: string }> };

export default async function NodesPage({ params }: Props) {
  const { id } = await params;
  const { environment, mayAct, found, problem } = await readCluster(id, "nodes", (ctx) => listNodes(ctx, id));
  return (
    <>
      <MissingNodes environment={environment} missing={found?.missing ?? []} problem={problem} />
      {found && found.rows.length === 0 && (
        <p className="text-ink-soft">The nodes are no swarm yet: CloudHero forms it as soon as they are ready.</p>
      )}
      {found && found.rows.length > 0 && (
        <>
          <p className="mb-4 max-w-2xl text-ink-soft">
            As the swarm sees them. CloudHero chooses which of them manage it, so that a majority outlives the loss of
            any one where there are three or more.
          </p>
          <ul className="grid gap-4 lg:grid-cols-2">
            {found.rows.map((node) => (
              <NodeTile
                key={node.id}
                node={node}
                act={mayAct ? act.bind(null, id) : undefined}
                label={mayAct ? labelNode.bind(null, id, node.id) : undefined}
              />
            ))}
          </ul>
        </>
      )}
    </>
  );
}
