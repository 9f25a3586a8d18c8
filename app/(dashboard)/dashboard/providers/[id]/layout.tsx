import type { ReactNode } from "react";
import { visitorContext } from "#app/(dashboard)/context.ts";
import { ProviderState } from "#components/providers/provider-state.tsx";
import { ProviderIcon, providerTitle } from "#components/providers/provider-type.tsx";
import { SimulatedBadge } from "#components/providers/simulated-badge.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TabLinks } from "#components/ui/tab-links.tsx";
import { includesRole } from "#lib/model/roles.ts";
import { readProvider } from "./read.ts";

type Props = { params: Promise<{ id: string }>; children: ReactNode };

/** What all pages of a provider share: what it is, whether it works, and the tabs. */
export default async function ProviderLayout({ params, children }: Props) {
  const { id } = await params;
  if (!(await visitorContext())) return children;
  const { ctx, provider } = await readProvider(id);
  const { name, type, simulated } = provider;
  const own = `/dashboard/providers/${id}`;
  const tabs = [
    { href: own, label: "Overview" },
    { href: `${own}/sizes`, label: "Regions and sizes" },
    { href: `${own}/orphans`, label: "Orphans" },
    ...(includesRole(ctx.role, "admin") ? [{ href: `${own}/settings`, label: "Credentials" }] : []),
  ];
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            <ProviderIcon type={type} className="size-5" />
            <span className="break-all">{name}</span>
            <ProviderState {...provider} />
            {simulated && <SimulatedBadge />}
          </span>
        }
        lead={providerTitle(type)}
      />
      <TabLinks label="Pages of the provider" tabs={tabs} />
      {children}
    </>
  );
}
