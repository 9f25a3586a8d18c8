import type { Metadata } from "next";
import { pageContext } from "#app/(dashboard)/context.ts";
import { RegistryForm } from "#components/integrations/registry-form.tsx";
import { RoleNeeded } from "#components/shell/role-needed.tsx";
import { Card } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { includesRole } from "#lib/model/roles.ts";
import { addRegistry } from "../actions.ts";

export const metadata: Metadata = { title: "Add registry" };

export default async function NewRegistryPage() {
  const ctx = await pageContext("/dashboard/integrations/registries/new");
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title="Add registry" lead="A Docker Hub account, or any registry that engines can log in to." />
      {includesRole(ctx.role, "admin") ? (
        <Card>
          <RegistryForm save={addRegistry} />
        </Card>
      ) : (
        <RoleNeeded needed="admin" mine={ctx.role} what="Adding a registry is" />
      )}
    </div>
  );
}
