import { Cloud, Plus } from "lucide-react";
import type { Metadata } from "next";
import { pageContext } from "#app/(dashboard)/context.ts";
import { DockerOffer } from "#components/providers/docker-offer.tsx";
import { PracticeOffer } from "#components/providers/practice-offer.tsx";
import { ProviderTable } from "#components/providers/provider-table.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listProviders } from "#lib/domain/providers/get.ts";
import { dockerOffer, practiceOffers } from "#lib/domain/providers/offer.ts";
import { providerUsage } from "#lib/domain/providers/usage.ts";
import { includesRole } from "#lib/model/roles.ts";
import { acceptDockerOffer, acceptPracticeOffer, removeProvider } from "./actions.ts";

export const metadata: Metadata = { title: "Providers" };

export default async function ProvidersPage() {
  const ctx = await pageContext("/dashboard/providers");
  const [providers, usage, offer, practice] = await Promise.all([
    listProviders(ctx),
    providerUsage(ctx),
    dockerOffer(ctx),
    practiceOffers(ctx),
  ]);
  const mayChange = includesRole(ctx.role, "admin");
  const add = mayChange && (
    <ButtonLink href="/dashboard/providers/new" variant={offer ? "secondary" : "primary"}>
      <Plus className="size-4" aria-hidden />
      Add provider
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        title="Providers"
        lead="The clouds that your servers are made in."
        actions={providers.length > 0 && add}
      />
      <div className="flex flex-col gap-6">
        {offer && <DockerOffer host={offer.host} accept={acceptDockerOffer} />}
        {practice.map((type) => (
          <PracticeOffer key={type} type={type} accept={acceptPracticeOffer.bind(null, type)} />
        ))}
        {providers.length > 0 ? (
          <ProviderTable
            providers={providers.map((provider) => ({ ...provider, used: usage.get(provider.id) ?? 0 }))}
            remove={mayChange ? removeProvider : undefined}
          />
        ) : (
          <EmptyState icon={<Cloud aria-hidden />} title="No provider yet" actions={add}>
            A provider is a cloud account, or a Docker engine, with the key to it. The key is tried at once and kept
            encrypted.
          </EmptyState>
        )}
      </div>
    </>
  );
}
