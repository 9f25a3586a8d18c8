import type { Metadata } from "next";
import { readEnvironment } from "#app/(dashboard)/dashboard/environments/[id]/read.ts";
import { ContainerLogBox } from "#components/logs/log-boxes.tsx";
import { TallPage } from "#components/ui/tall-page.tsx";

type Props = { params: Promise<{ id: string; cid: string }>; searchParams: Promise<{ name?: string }> };

export const metadata: Metadata = { title: "Log of a container" };

export default async function ContainerLogPage({ params, searchParams }: Props) {
  const { id, cid } = await params;
  const { name = decodeURIComponent(cid).slice(0, 12) } = await searchParams;
  await readEnvironment(id, `docker/containers/${cid}/logs`);
  return (
    <TallPage
      title={`Log of ${name}`}
      back={{ href: `/dashboard/environments/${id}/docker/containers/${cid}`, label: "Container" }}
    >
      <ContainerLogBox path={`/environments/${id}/containers/${cid}/logs`} name={name} />
    </TallPage>
  );
}
