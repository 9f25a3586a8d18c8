import { Container } from "lucide-react";
import type { ReactNode } from "react";
import { visitorContext } from "#app/(dashboard)/context.ts";
import { DockerTabs } from "#components/docker/docker-tabs.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { KeepCurrent } from "#components/ui/keep-current.tsx";
import { isCluster } from "#lib/model/cluster.ts";
import { includesRole } from "#lib/model/roles.ts";
import { readEnvironment } from "../read.ts";

type Props = { params: Promise<{ id: string }>; children: ReactNode };

/** The pages of an environment as one Docker host. */
export default async function DockerLayout({ params, children }: Props) {
  const { id } = await params;
  if (!(await visitorContext())) return children;
  const { ctx, environment } = await readEnvironment(id, "docker");
  const mayScale = includesRole(ctx.role, "operator");
  if (!isCluster(environment.nodes))
    return (
      <EmptyState
        icon={<Container aria-hidden />}
        title="Not a Docker cluster"
        actions={mayScale && <ButtonLink href={`/dashboard/environments/${id}/scale`}>Change its packages</ButtonLink>}
      >
        An environment whose nodes all have the package docker answers as one Docker host. Some nodes of{" "}
        {environment.name} do not have it.
      </EmptyState>
    );
  return (
    <>
      <KeepCurrent moving={false} />
      <DockerTabs id={id} />
      {children}
    </>
  );
}
