import { HardDrive } from "lucide-react";
import type { Metadata } from "next";
import { MissingNodes } from "#components/docker/missing-nodes.tsx";
import { OneFieldForm } from "#components/docker/one-field-form.tsx";
import { VolumeTable } from "#components/docker/volume-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { listVolumes } from "#lib/console/volumes.ts";
import { act, addVolume } from "../actions.ts";
import { readCluster } from "../read.ts";

export const metadata: Metadata = { title: "Volumes" };

/** Volumes that a page shows at most. */
const atMost = 300;

type Props = { params: Promise<{ id: string }> };

export default async function VolumesPage({ params }: Props) {
  const { id } = await params;
  const own = `/dashboard/environments/${id}/docker`;
  const { environment, mayAct, found, problem } = await readCluster(id, "volumes", (ctx) => listVolumes(ctx, id));
  return (
    <>
      <MissingNodes environment={environment} missing={found?.missing ?? []} problem={problem} />
      {found && found.rows.length === 0 && (
        <EmptyState icon={<HardDrive aria-hidden />} title="No volume yet">
          A volume keeps a container’s data when the container goes. It lies on the node where it was made: a service
          that needs it is placed there by a constraint.
        </EmptyState>
      )}
      {found && found.rows.length > 0 && (
        <VolumeTable own={own} rows={found.rows.slice(0, atMost)} act={mayAct ? act.bind(null, id) : undefined} />
      )}
      {found && found.rows.length > atMost && (
        <p className="mt-3 text-ink-faint text-xs">
          {found.rows.length - atMost} more are not shown; docker volume ls has them all.
        </p>
      )}
      {found && mayAct && (
        <div className="mt-6 max-w-lg">
          <OneFieldForm
            act={addVolume.bind(null, id)}
            name="name"
            label="New volume"
            verb="Create"
            done="It is made, on the node with the most free memory."
          />
        </div>
      )}
    </>
  );
}
