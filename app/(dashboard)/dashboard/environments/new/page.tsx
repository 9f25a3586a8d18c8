import { Cloud } from "lucide-react";
import type { Metadata } from "next";
import { pageContext } from "#app/(dashboard)/context.ts";
import { ownOrigin } from "#app/(dashboard)/origin.ts";
import { asTheProviderHasIt } from "#components/environments/new/draft.ts";
import { NewEnvironmentForm } from "#components/environments/new/new-environment-form.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listApplications } from "#lib/domain/applications/get.ts";
import { listPackages } from "#lib/domain/packages/list.ts";
import { listProviders } from "#lib/domain/providers/get.ts";
import { createFromForm } from "./actions.ts";

export const metadata: Metadata = { title: "New environment" };

type Search = { application?: string | string[] };

export default async function NewEnvironmentPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await pageContext("/dashboard/environments/new");
  const { application } = await searchParams;
  const [applications, providers] = await Promise.all([listApplications(ctx, { limit: 500 }), listProviders(ctx)]);
  if (providers.length === 0) return <NoProvider />;
  const chosen = applications.find(({ id }) => id === application) ?? applications.at(-1);
  const initial = {
    applicationId: chosen?.id ?? "",
    applicationName: "",
    providerId: providers[0]!.id,
    region: "",
    environment: "",
    heal: false,
    ...asTheProviderHasIt,
    nodes: [{ key: 1, name: "web", size: "", packages: [] }],
  };
  return (
    <>
      <PageHeader title="New environment" lead="Nothing is made before you press Create." />
      <NewEnvironmentForm
        applications={applications.map(({ id, name }) => ({ id, name }))}
        providers={providers.map(({ id, name, simulated }) => ({ id, name, simulated }))}
        packages={listPackages().map(({ name, title, description, version, aliases }) => ({
          value: name,
          label: title,
          detail: `${version} · ${description}`,
          words: [name, ...aliases].join(" "),
        }))}
        initial={initial}
        origin={await ownOrigin()}
        create={createFromForm}
      />
    </>
  );
}

function NoProvider() {
  return (
    <>
      <PageHeader title="New environment" />
      <EmptyState
        icon={<Cloud aria-hidden />}
        title="A provider comes first"
        actions={
          <ButtonLink href="/dashboard/providers" variant="primary">
            Go to providers
          </ButtonLink>
        }
      >
        Servers are made in a cloud account of yours, or in a Docker engine.
      </EmptyState>
    </>
  );
}
