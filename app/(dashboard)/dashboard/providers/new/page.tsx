import type { Metadata } from "next";
import { pageContext } from "#app/(dashboard)/context.ts";
import { AddProviderForm } from "#components/providers/add-provider-form.tsx";
import { RoleNeeded } from "#components/shell/role-needed.tsx";
import { Card } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { config } from "#lib/config.ts";
import { externalIdOf } from "#lib/domain/providers/ec2-settings.ts";
import { providerPolicy } from "#lib/domain/providers/policy.ts";
import { includesRole } from "#lib/model/roles.ts";
import { addProvider } from "../actions.ts";

export const metadata: Metadata = { title: "Add provider" };

export default async function NewProviderPage() {
  const ctx = await pageContext("/dashboard/providers/new");
  if (!includesRole(ctx.role, "admin"))
    return (
      <div className="mx-auto max-w-2xl">
        <PageHeader title="Add provider" />
        <RoleNeeded needed="admin" mine={ctx.role} what="Adding a provider is" />
      </div>
    );
  const [externalId, ec2, digital_ocean] = await Promise.all([
    externalIdOf(ctx),
    providerPolicy(ctx, "ec2"),
    providerPolicy(ctx, "digital_ocean"),
  ]);
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title="Add provider" lead="The key is tried against the cloud before it is kept." />
      <Card>
        <AddProviderForm
          add={addProvider}
          externalId={externalId}
          keyless={config().awsIdentity}
          policies={{ ec2, digital_ocean }}
        />
      </Card>
    </div>
  );
}
