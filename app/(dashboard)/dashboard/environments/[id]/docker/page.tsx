import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { ownOrigin } from "#app/(dashboard)/origin.ts";
import { ConnectDocker } from "#components/docker/connect-docker.tsx";
import { DiskUsageFigures } from "#components/docker/disk-usage.tsx";
import { Figure, Figures } from "#components/docker/figures.tsx";
import { MissingNodes } from "#components/docker/missing-nodes.tsx";
import { counted, memoryText } from "#components/docker/sizes.ts";
import { Skeleton } from "#components/docker/skeleton.tsx";
import { Section } from "#components/ui/section.tsx";
import { clusterInfo } from "#lib/console/info.ts";
import { listServices } from "#lib/console/services.ts";
import { diskUsage } from "#lib/console/usage.ts";
import type { Context } from "#lib/context.ts";
import { label } from "#lib/model/names.ts";
import { readCluster } from "./read.ts";

export const metadata: Metadata = { title: "Docker" };

type Props = { params: Promise<{ id: string }> };

export default async function DockerPage({ params }: Props) {
  const { id } = await params;
  const { ctx, environment, mayAct, found, problem } = await readCluster(id, "", async (asker) => {
    const info = await clusterInfo(asker, id);
    const services = info.swarm ? (await listServices(asker, id).catch(() => null))?.rows : undefined;
    return { info, services: services ?? [] };
  });
  const own = `/dashboard/environments/${id}/docker`;
  return (
    <div className="flex flex-col gap-8">
      <div>
        <MissingNodes
          environment={environment}
          missing={found?.info.missing ?? []}
          problem={problem}
          trouble={found?.info.trouble ?? null}
        />
        {found && <ClusterFigures own={own} nodes={environment.nodes.length} {...found} />}
      </div>
      {found && (
        <Section title="Disk">
          <Suspense fallback={<Skeleton label="Measuring the disks" rows={1} />}>
            <Disk ctx={ctx} id={id} />
          </Suspense>
        </Section>
      )}
      {environment.wish !== "delete" && (
        <div id="connect">
          <ConnectDocker
            id={id}
            name={label(environment.name)}
            origin={await ownOrigin()}
            nodes={mayAct ? environment.nodes.map((node) => node.name) : []}
          />
        </div>
      )}
    </div>
  );
}

type FiguresProps = {
  own: string;
  nodes: number;
  info: Awaited<ReturnType<typeof clusterInfo>>;
  services: Awaited<ReturnType<typeof listServices>>["rows"];
};

function ClusterFigures({ own, nodes, info, services }: FiguresProps) {
  const { missing, cpus, memory, running, paused, stopped, images, version, swarm } = info;
  const short = services.filter((one) => one.running < one.desired).length;
  const link = (path: string, text: string) => (
    <Link href={`${own}/${path}`} className="rounded-sm underline-offset-2 hover:underline">
      {text}
    </Link>
  );
  return (
    <Figures>
      <Figure
        label="Engines"
        value={`${nodes - missing.length} of ${nodes}`}
        detail={`Docker ${version}${swarm ? `, ${counted(swarm.managers, "manager")}` : ""}`}
      />
      <Figure label="Processors" value={String(cpus)} detail={`${memoryText(memory)} of memory`} />
      <Figure
        label="Containers"
        value={link("containers?state=running", `${running} running`)}
        detail={[paused > 0 && `${paused} paused`, `${stopped} stopped`].filter(Boolean).join(", ")}
      />
      <Figure
        label="Services"
        value={link("services", String(services.length))}
        detail={
          services.length === 0
            ? "none yet"
            : short === 0
              ? "all as wished"
              : `${counted(short, "service")} below its wish`
        }
      />
      <Figure label="Images" value={link("images", String(images))} detail="on the fullest node" />
    </Figures>
  );
}

async function Disk({ ctx, id }: { ctx: Context; id: string }) {
  const usage = await diskUsage(ctx, id).catch(() => null);
  if (!usage) return <p className="text-ink-soft">The engines did not measure their disks in time.</p>;
  return <DiskUsageFigures usage={usage} />;
}
