import type { Metadata } from "next";
import { MissingNodes } from "#components/docker/missing-nodes.tsx";
import { NetworkTable } from "#components/docker/network-table.tsx";
import { OneFieldForm } from "#components/docker/one-field-form.tsx";
import { listNetworks } from "#lib/console/networks.ts";
import { act, addNetwork } from "../actions.ts";
import { readCluster } from "../read.ts";

export const metadata: Metadata = { title: "Networks" };

/** Networks that a page shows at most. */
const atMost = 300;

type Props = { params: Promise<{ id: string }> };

export default async function NetworksPage({ params }: Props) {
  const { id } = await params;
  const own = `/dashboard/environments/${id}/docker`;
  const { environment, mayAct, found, problem } = await readCluster(id, "networks", (ctx) => listNetworks(ctx, id));
  return (
    <>
      <MissingNodes environment={environment} missing={found?.missing ?? []} problem={problem} />
      {found && (
        <NetworkTable own={own} rows={found.rows.slice(0, atMost)} act={mayAct ? act.bind(null, id) : undefined} />
      )}
      {found && found.rows.length > atMost && (
        <p className="mt-3 text-ink-faint text-xs">
          {found.rows.length - atMost} more are not shown; docker network ls has them all.
        </p>
      )}
      {found && mayAct && (
        <div className="mt-6 max-w-lg">
          <OneFieldForm
            act={addNetwork.bind(null, id)}
            name="name"
            label="New network"
            verb="Create"
            done="It is made."
            hint="It spans all nodes; services and containers on it find each other by name."
            choice={{ name: "internal", label: "Without a way out to the world" }}
          />
        </div>
      )}
    </>
  );
}
