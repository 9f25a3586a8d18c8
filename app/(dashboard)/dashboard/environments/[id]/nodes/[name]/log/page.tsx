import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageContext } from "#app/(dashboard)/context.ts";
import { lineOf, mostLines } from "#components/logs/line.ts";
import { NodeLogBox } from "#components/logs/log-boxes.tsx";
import { TallPage } from "#components/ui/tall-page.tsx";
import { nodeLog } from "#lib/domain/environments/node-log.ts";
import { AppError } from "#lib/errors.ts";

type Props = { params: Promise<{ id: string; name: string }>; searchParams: Promise<{ line?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Log of ${decodeURIComponent((await params).name)}` };
}

export default async function NodeLogPage({ params, searchParams }: Props) {
  const { id, name: encoded } = await params;
  const name = decodeURIComponent(encoded);
  const page = `/dashboard/environments/${id}/nodes/${encodeURIComponent(name)}/log`;
  const ctx = await pageContext(page);
  const line = Number((await searchParams).line);
  const marked = Number.isSafeInteger(line) && line > 0 ? { around: line } : {};
  const { lines, isEnd } = await nodeLog(ctx, id, name, { limit: mostLines, ...marked }).catch((error) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return (
    <TallPage title={`Log of ${name}`} back={{ href: `/dashboard/environments/${id}`, label: "Servers" }}>
      <NodeLogBox
        environmentId={id}
        node={name}
        page={page}
        first={lines.map(({ at, ...event }) => lineOf({ ...event, at: at.toISOString() }))}
        isEnd={isEnd}
        marked={marked.around}
      />
    </TallPage>
  );
}
