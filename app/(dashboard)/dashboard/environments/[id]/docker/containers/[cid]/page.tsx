import type { Metadata } from "next";
import { ContainerActions } from "#components/docker/container-actions.tsx";
import { ContainerFacts } from "#components/docker/container-facts.tsx";
import { ContainerHealth } from "#components/docker/container-health.tsx";
import { ContainerParts } from "#components/docker/container-parts.tsx";
import { EnvironmentValues } from "#components/docker/environment-values.tsx";
import { LiveStats } from "#components/docker/live-stats.tsx";
import { MissingNodes } from "#components/docker/missing-nodes.tsx";
import { ObjectHeader } from "#components/docker/object-header.tsx";
import { DockerState } from "#components/docker/state.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Section } from "#components/ui/section.tsx";
import { getContainer } from "#lib/console/container.ts";
import { act, actAndLeave, readContainerEnvironment, readStats } from "../../actions.ts";
import { readCluster } from "../../read.ts";

export const metadata: Metadata = { title: "Container" };

type Props = { params: Promise<{ id: string; cid: string }> };

export default async function ContainerPage({ params }: Props) {
  const { id, cid } = await params;
  const { environment, mayAct, found, problem } = await readCluster(id, `containers/${cid}`, (ctx) =>
    getContainer(ctx, id, cid),
  );
  if (!found) return <MissingNodes environment={environment} missing={[]} problem={problem} />;
  const own = `/dashboard/environments/${id}/docker`;
  return (
    <div className="flex flex-col gap-7">
      <ObjectHeader
        back={{ href: `${own}/containers`, label: "Containers" }}
        name={found.name}
        badge={<DockerState state={found.state} />}
        actions={
          <ContainerActions
            full
            own={own}
            container={found}
            act={mayAct ? act.bind(null, id) : undefined}
            leave={mayAct ? actAndLeave.bind(null, id, "containers") : undefined}
          />
        }
      />
      {found.error && <Notice tone="bad">{found.error}</Notice>}
      <ContainerFacts own={own} container={found} />
      {found.state === "running" && (
        <Section title="Use">
          <LiveStats read={readStats.bind(null, id, found.id)} />
        </Section>
      )}
      {found.health && <ContainerHealth health={found.health} />}
      <ContainerParts own={own} container={found} />
      <Section title="Environment">
        <EnvironmentValues entries={found.environment} reveal={readContainerEnvironment.bind(null, id, found.id)} />
      </Section>
    </div>
  );
}
