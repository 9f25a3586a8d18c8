import type { Metadata } from "next";
import { readEnvironment } from "#app/(dashboard)/dashboard/environments/[id]/read.ts";
import { TerminalBox } from "#components/terminal/terminal-box.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { TallPage } from "#components/ui/tall-page.tsx";
import { execCluster } from "#lib/domain/docker/exec.ts";
import { AppError } from "#lib/errors.ts";

type Props = { params: Promise<{ id: string; cid: string }>; searchParams: Promise<{ name?: string; cmd?: string }> };

export const metadata: Metadata = { title: "Terminal of a container" };

export default async function ContainerTerminalPage({ params, searchParams }: Props) {
  const { id, cid } = await params;
  const { name = decodeURIComponent(cid).slice(0, 12), cmd } = await searchParams;
  const { ctx } = await readEnvironment(id, `docker/containers/${cid}/terminal`);
  const refusal = await execCluster(ctx, id).then(
    () => undefined,
    (error) => {
      if (!(error instanceof AppError) || error.code === "internal") throw error;
      return error.message;
    },
  );
  const path = `/environments/${id}/containers/${cid}/exec${cmd ? `?cmd=${encodeURIComponent(cmd)}` : ""}`;
  return (
    <TallPage
      title={`Terminal of ${name}`}
      back={{ href: `/dashboard/environments/${id}/docker/containers/${cid}`, label: "Container" }}
    >
      {refusal ? <Notice tone="warn">{refusal}</Notice> : <TerminalBox url={path} label={`Terminal of ${name}`} />}
    </TallPage>
  );
}
