import type { Metadata } from "next";
import { DeployForm } from "#components/docker/deploy-form.tsx";
import { ObjectHeader } from "#components/docker/object-header.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { includesRole } from "#lib/model/roles.ts";
import { readEnvironment } from "../../read.ts";
import { deploy, plan } from "./actions.ts";

export const metadata: Metadata = { title: "Deploy a Compose file" };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ name?: string }> };

export default async function DeployPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { name } = await searchParams;
  const { ctx } = await readEnvironment(id, "docker/deploy");
  const own = `/dashboard/environments/${id}/docker`;
  return (
    <div className="flex flex-col gap-6">
      <ObjectHeader back={{ href: `${own}/stacks`, label: "Stacks" }} name="Deploy a Compose file" />
      {includesRole(ctx.role, "operator") ? (
        <DeployForm own={own} name={name} plan={plan.bind(null, id)} deploy={deploy.bind(null, id)} />
      ) : (
        <Notice>Deploying needs the role operator; yours is {ctx.role}.</Notice>
      )}
    </div>
  );
}
