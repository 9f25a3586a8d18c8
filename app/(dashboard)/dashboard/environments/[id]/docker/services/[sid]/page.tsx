import type { Metadata } from "next";
import { MissingNodes } from "#components/docker/missing-nodes.tsx";
import { ObjectHeader } from "#components/docker/object-header.tsx";
import { ServiceActions } from "#components/docker/service-actions.tsx";
import { ServiceFacts } from "#components/docker/service-facts.tsx";
import { ServiceForms } from "#components/docker/service-forms.tsx";
import { TaskTable } from "#components/docker/task-table.tsx";
import { KeepCurrent } from "#components/ui/keep-current.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Section } from "#components/ui/section.tsx";
import { getService } from "#lib/console/services.ts";
import { act, actAndLeave, changeImage, scale } from "../../actions.ts";
import { readCluster } from "../../read.ts";

export const metadata: Metadata = { title: "Service" };

type Props = { params: Promise<{ id: string; sid: string }> };

export default async function ServicePage({ params }: Props) {
  const { id, sid } = await params;
  const service = decodeURIComponent(sid);
  const { environment, mayAct, found, problem } = await readCluster(id, `services/${sid}`, (ctx) =>
    getService(ctx, id, service),
  );
  const own = `/dashboard/environments/${id}/docker`;
  if (!found) return <MissingNodes environment={environment} missing={[]} problem={problem} />;
  const { name, update, mode, desired, image } = found;
  const isFailed = update && /paused|rollback/.test(update.state);
  const isMoving = found.running !== desired || (update && !isFailed);
  return (
    <div className="flex flex-col gap-7">
      <MissingNodes environment={environment} missing={found.missing} />
      <ObjectHeader
        back={{ href: `${own}/services`, label: "Services" }}
        name={name}
        actions={
          mayAct && (
            <ServiceActions
              service={found}
              act={act.bind(null, id)}
              remove={actAndLeave.bind(null, id, "services", { do: "remove service", id: found.id })}
            />
          )
        }
      />
      {update && (
        <Notice tone={isFailed ? "bad" : "info"}>
          {update.state.replaceAll("_", " ")}: {update.message}
        </Notice>
      )}
      <ServiceFacts own={own} service={found} address={environment.nodes.find(({ publicIp }) => publicIp)?.publicIp} />
      {mayAct && (
        <ServiceForms
          replicas={mode === "replicated" ? desired : null}
          image={image}
          scale={scale.bind(null, id, found.id)}
          changeImage={changeImage.bind(null, id, found.id)}
        />
      )}
      <Section title="Tasks">
        {isMoving && <KeepCurrent moving />}
        <TaskTable own={own} tasks={found.tasks} more={found.more} />
      </Section>
    </div>
  );
}
