import { Layers } from "lucide-react";
import type { Metadata } from "next";
import { MissingNodes } from "#components/docker/missing-nodes.tsx";
import { SearchForm } from "#components/docker/search-form.tsx";
import { ServiceTable } from "#components/docker/service-table.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { listServices } from "#lib/console/services.ts";
import { readCluster } from "../read.ts";

export const metadata: Metadata = { title: "Services" };

/** Services that a page shows at most; a search finds the rest. */
const atMost = 200;

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ q?: string }> };

export default async function ServicesPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { q = "" } = await searchParams;
  const own = `/dashboard/environments/${id}/docker`;
  const { environment, mayAct, found, problem } = await readCluster(id, "services", (ctx) => listServices(ctx, id));
  const words = q.toLowerCase().split(/\s+/);
  const rows = (found?.rows ?? []).filter(({ name, image }) =>
    words.every((word) => `${name} ${image}`.toLowerCase().includes(word)),
  );
  return (
    <>
      <MissingNodes environment={environment} missing={found?.missing ?? []} problem={problem} />
      {found && found.rows.length === 0 && (
        <EmptyState
          icon={<Layers aria-hidden />}
          title="No service yet"
          actions={mayAct && <ButtonLink href={`${own}/deploy`}>Deploy a Compose file</ButtonLink>}
        >
          A service is an image that the swarm keeps running, as often as you wish and on nodes that are well. Deploy a
          Compose file, or use docker service create from your own terminal.
        </EmptyState>
      )}
      {found && found.rows.length > 0 && (
        <>
          <div className="flex flex-wrap items-start gap-2">
            <div className="min-w-0 flex-1">
              <SearchForm path={`${own}/services`} label="Search services by name or image" query={q} />
            </div>
            {mayAct && (
              <ButtonLink variant="primary" href={`${own}/deploy`}>
                Deploy a Compose file
              </ButtonLink>
            )}
          </div>
          <ServiceTable own={own} rows={rows.slice(0, atMost)} />
          {rows.length > atMost && (
            <p className="mt-3 text-ink-faint text-xs">{rows.length - atMost} more are not shown: search for them.</p>
          )}
        </>
      )}
    </>
  );
}
