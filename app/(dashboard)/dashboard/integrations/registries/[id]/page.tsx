import type { Metadata } from "next";
import Link from "next/link";
import { pageContext } from "#app/(dashboard)/context.ts";
import { orNotFound } from "#app/(dashboard)/or-not-found.ts";
import { RegistryForm } from "#components/integrations/registry-form.tsx";
import { RegistryState } from "#components/integrations/registry-state.tsx";
import { ActButton } from "#components/ui/act-button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { getIntegration } from "#lib/domain/integrations/get.ts";
import { type RegistryUses, registryUses } from "#lib/domain/integrations/uses.ts";
import { includesRole } from "#lib/model/roles.ts";
import { changeRegistry, verifyAgain } from "../actions.ts";

export const metadata: Metadata = { title: "Registry" };

type Props = { params: Promise<{ id: string }> };

export default async function RegistryPage({ params }: Props) {
  const { id } = await params;
  const ctx = await pageContext(`/dashboard/integrations/registries/${id}`);
  const registry = await getIntegration(ctx, id).catch(orNotFound);
  const { name, url, username, email, password, verified, reason } = registry;
  const mayChange = includesRole(ctx.role, "admin");
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            {name}
            <RegistryState verified={verified} />
          </span>
        }
        lead={`${username} at ${url}`}
        actions={
          mayChange && (
            <ActButton act={verifyAgain.bind(null, id)} title={`${name} was not verified`}>
              Verify again
            </ActButton>
          )
        }
      />
      {reason && (
        <Notice tone="warn">{reason} Until that changes, engines that get images with it may be refused.</Notice>
      )}
      <Uses uses={await registryUses(ctx, id)} />
      {mayChange && (
        <Section title="Rotate the password, or change it">
          <Card>
            <RegistryForm
              save={changeRegistry.bind(null, id)}
              known={{ name, url, username, email: email ?? "", password }}
            />
          </Card>
        </Section>
      )}
    </div>
  );
}

function Uses({ uses: { images, clusters, except } }: { uses: RegistryUses }) {
  return (
    <Section title="Where it is used">
      <p className="text-ink-soft">
        For images of <code className="rounded bg-raised px-1 font-mono text-ink text-xs">{images}/…</code>, where a
        client brings no credentials of its own
        {except.length > 0 && (
          <>
            ; but not for those of{" "}
            {except.map((other, index) => (
              <span key={other.id}>
                {index > 0 && ", "}
                <Link href={`/dashboard/integrations/registries/${other.id}`} className="rounded-sm text-ink underline">
                  {other.images}
                </Link>
              </span>
            ))}
            , which have a registry of their own
          </>
        )}
        .
      </p>
      {clusters.length === 0 ? (
        <p className="text-ink-soft">There is no Docker cluster yet that could use it.</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {clusters.map((cluster) => (
            <li key={cluster.id}>
              <Link href={`/dashboard/environments/${cluster.id}`} className="rounded-sm font-medium hover:underline">
                {cluster.name}
              </Link>{" "}
              <span className="text-ink-faint">{cluster.applicationName}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
