import { Box } from "lucide-react";
import type { Metadata } from "next";
import { ContainerTable } from "#components/docker/container-table.tsx";
import { MissingNodes } from "#components/docker/missing-nodes.tsx";
import { Pager } from "#components/docker/pager.tsx";
import { SearchForm } from "#components/docker/search-form.tsx";
import { counted } from "#components/docker/sizes.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { listContainers } from "#lib/console/containers.ts";
import { act } from "../actions.ts";
import { readCluster } from "../read.ts";

export const metadata: Metadata = { title: "Containers" };

type Search = { q?: string; state?: string; node?: string; page?: string };
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Search> };

const states = ["running", "paused", "restarting", "exited", "created", "dead"];

export default async function ContainersPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { q, state, node, page } = await searchParams;
  const own = `/dashboard/environments/${id}/docker`;
  const path = `${own}/containers`;
  const { environment, mayAct, found, problem } = await readCluster(id, "containers", (ctx) =>
    listContainers(ctx, id, { query: q, state, node, page: Number(page) || 1 }),
  );
  return (
    <>
      <MissingNodes environment={environment} missing={found?.missing ?? []} problem={problem} />
      {found && found.total === 0 && (
        <EmptyState
          icon={<Box aria-hidden />}
          title="No container yet"
          actions={mayAct && <ButtonLink href={`${own}/deploy`}>Deploy a Compose file</ButtonLink>}
        >
          Deploy services here, or point your own docker at this cluster and run one: it lands where there is room.
        </EmptyState>
      )}
      {found && found.total > 0 && (
        <>
          <SearchForm
            path={path}
            label="Search containers by name, image, service or port"
            query={q}
            choices={[
              { name: "state", label: "State", any: "Any state", value: state, options: states },
              { name: "node", label: "Node", any: "Any node", value: node, options: found.nodes },
            ]}
          />
          {found.found === 0 ? (
            <p className="text-ink-soft">None of the {counted(found.total, "container")} fits.</p>
          ) : (
            <ContainerTable own={own} rows={found.rows} act={mayAct ? act.bind(null, id) : undefined} />
          )}
          <Pager
            {...found}
            path={path}
            search={{ q, state, node }}
            summary={`${found.found === found.total ? "" : `${found.found} of `}${counted(found.total, "container")}`}
          />
        </>
      )}
    </>
  );
}
