import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageContext } from "#app/(dashboard)/context.ts";
import { TerminalBox } from "#components/terminal/terminal-box.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { TallPage } from "#components/ui/tall-page.tsx";
import { shellNode } from "#lib/domain/environments/shell.ts";
import { AppError } from "#lib/errors.ts";

type Props = { params: Promise<{ id: string; name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Terminal of ${decodeURIComponent((await params).name)}` };
}

export default async function NodeTerminalPage({ params }: Props) {
  const { id, name: encoded } = await params;
  const name = decodeURIComponent(encoded);
  const ctx = await pageContext(`/dashboard/environments/${id}/nodes/${encoded}/terminal`);
  const refusal = await shellNode(ctx, id, name).then(
    () => undefined,
    (error) => {
      if (!(error instanceof AppError) || error.code === "internal") throw error;
      return error.code === "not_found" ? notFound() : error.message;
    },
  );
  return (
    <TallPage title={`Terminal of ${name}`} back={{ href: `/dashboard/environments/${id}`, label: "Servers" }}>
      {refusal ? (
        <Notice tone="warn">{refusal}</Notice>
      ) : (
        <TerminalBox
          url={`/environments/${id}/nodes/${encodeURIComponent(name)}/terminal`}
          label={`Terminal of ${name}`}
        />
      )}
    </TallPage>
  );
}
