import { ArrowDown, ArrowUp, Cloud, CopyPlus, Plus, Trash2, X } from "lucide-react";
import type { Metadata } from "next";
import { pageContext } from "#app/(dashboard)/context.ts";
import { ownOrigin } from "#app/(dashboard)/origin.ts";
import { NewEnvironmentForm } from "#components/environments/new/new-environment-form.tsx";
import { PackageIcon } from "#components/environments/package-icon.tsx";
import { RoleNeeded } from "#components/shell/role-needed.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listApplications } from "#lib/domain/applications/get.ts";
import { listPackages } from "#lib/domain/packages/list.ts";
import { listProviders } from "#lib/domain/providers/get.ts";
import { listTemplates } from "#lib/domain/templates/get.ts";
import type { TemplateView } from "#lib/domain/templates/view.ts";
import { includesRole } from "#lib/model/roles.ts";
import { createFromForm } from "./actions.ts";
import { beginning, type Search } from "./beginning.ts";

export const metadata: Metadata = { title: "New environment" };

export default async function NewEnvironmentPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await pageContext("/dashboard/environments/new");
  if (!includesRole(ctx.role, "operator"))
    return (
      <>
        <PageHeader title="New environment" />
        <RoleNeeded needed="operator" mine={ctx.role} what="Making environments is" />
      </>
    );
  const [search, applications, providers, templates] = await Promise.all([
    searchParams,
    listApplications(ctx, { limit: 500 }),
    listProviders(ctx),
    listTemplates(ctx, { limit: 200 }),
  ]);
  if (providers.length === 0) return <NoProvider />;
  const { draft, source, name } = await beginning(ctx, search, { applications, providers });
  return (
    <>
      <PageHeader
        title={source ? `Clone ${source.name}` : "New environment"}
        lead="Nothing is made before you press Create."
      />
      <NewEnvironmentForm
        key={name}
        applications={applications.map((application) => ({ id: application.id, name: application.name }))}
        providers={providers.map((provider) => ({
          id: provider.id,
          name: provider.name,
          simulated: provider.simulated,
        }))}
        packages={packageOptions()}
        templates={templateOptions(templates)}
        icons={nodeIcons}
        initial={draft}
        source={source}
        storageKey={`new-environment ${ctx.organisation.id} ${ctx.user.id} ${name}`}
        origin={await ownOrigin()}
        create={createFromForm}
      />
    </>
  );
}

/** A team's own come first. */
const templateOptions = (templates: TemplateView[]) =>
  templates
    .toSorted((one, other) => Number(one.builtIn) - Number(other.builtIn))
    .map(({ id, name, description, builtIn, nodes }) => ({
      value: id,
      label: name,
      detail: description || (builtIn ? "" : "Yours"),
      aside: [nodes.length === 1 ? "1 node" : `${nodes.length} nodes`],
      nodes,
    }));

const nodeIcons = {
  add: <Plus className="size-3.5" aria-hidden />,
  up: <ArrowUp className="size-4" aria-hidden />,
  down: <ArrowDown className="size-4" aria-hidden />,
  duplicate: <CopyPlus className="size-4" aria-hidden />,
  multiply: (
    <span className="flex items-center font-medium text-xs" aria-hidden>
      <X className="size-3" />N
    </span>
  ),
  remove: <Trash2 className="size-4" aria-hidden />,
};

/** Versions are Debian's, with Ubuntu's where they are others. */
const packageOptions = () => {
  const onUbuntu = new Map(listPackages("ubuntu-24.04").map(({ name, version }) => [name, version]));
  return listPackages().map(({ name, title, description, version, aliases, ports }) => ({
    value: name,
    label: title,
    detail: description,
    aside: [version, ...(onUbuntu.get(name) === version ? [] : [`Ubuntu: ${onUbuntu.get(name) ?? "–"}`])],
    words: [name, ...aliases].join(" "),
    icon: <PackageIcon name={name} />,
    ports,
  }));
};

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
