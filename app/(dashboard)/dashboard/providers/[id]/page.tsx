import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { pageContext } from "#app/(dashboard)/context.ts";
import { ChangeProviderForm } from "#components/providers/change-provider-form.tsx";
import { PolicyBlock } from "#components/providers/policy-block.tsx";
import { ProviderState } from "#components/providers/provider-state.tsx";
import { ProviderIcon, providerTitle } from "#components/providers/provider-type.tsx";
import { SimulatedBadge } from "#components/providers/simulated-badge.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Card } from "#components/ui/card.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import type { Context } from "#lib/context.ts";
import { environmentsOfProvider } from "#lib/domain/environments/get.ts";
import { getProvider } from "#lib/domain/providers/get.ts";
import { providerPolicy } from "#lib/domain/providers/policy.ts";
import type { ProviderView } from "#lib/domain/providers/view.ts";
import { AppError } from "#lib/errors.ts";
import { includesRole } from "#lib/model/roles.ts";
import { changeProvider } from "../actions.ts";

export const metadata: Metadata = { title: "Provider" };

/** Environments that are shown by name; the rest is counted. */
const shown = 50;

type Props = { params: Promise<{ id: string }> };

export default async function ProviderPage({ params }: Props) {
  const { id } = await params;
  const ctx = await pageContext(`/dashboard/providers/${id}`);
  const provider = await getProvider(ctx, id).catch(orNotFound);
  const [policy, users] = await Promise.all([policyOf(ctx, id), environmentsOfProvider(ctx, id, shown)]);
  const { name, type, meta, trouble, missingPermissions, simulated } = provider;
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            <ProviderIcon type={type} className="size-5" />
            {name}
            <ProviderState trouble={trouble} missingPermissions={missingPermissions} />
            {simulated && <SimulatedBadge />}
          </span>
        }
        lead={providerTitle(type)}
        actions={<ButtonLink href={`/dashboard/providers/${id}/orphans`}>Look for orphans</ButtonLink>}
      />
      {trouble && (
        <Notice tone="bad">
          The cloud refuses these credentials: {trouble} Its environments keep their last known state, and nothing is
          deleted. New credentials, given below, let them go on.
        </Notice>
      )}
      {missingPermissions.length > 0 && (
        <Notice tone="warn">
          <p>The credentials are not allowed what CloudHero needs:</p>
          <ul className="mt-1 font-mono text-xs">
            {missingPermissions.map((permission) => (
              <li key={permission}>{permission}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Settings provider={provider} />
      {includesRole(ctx.role, "admin") && (
        <Section title={simulated ? "Rename" : "Rotate credentials, or rename"}>
          <Card>
            <ChangeProviderForm
              type={type}
              name={name}
              meta={meta}
              fixed={simulated}
              change={changeProvider.bind(null, id)}
            />
          </Card>
        </Section>
      )}
      <Users users={users} />
      {policy && (
        <details className="group">
          <summary className="w-fit rounded-sm font-semibold">The least that the credentials must be allowed</summary>
          <div className="mt-3">
            <PolicyBlock policy={policy} />
          </div>
        </details>
      )}
    </div>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof AppError && error.code === "not_found") notFound();
  throw error;
}

/** Null where its cloud has nothing to allow. */
const policyOf = (ctx: Context, id: string): Promise<object | null> =>
  providerPolicy(ctx, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  });

function Settings({ provider: { meta } }: { provider: ProviderView }) {
  const settings = Object.entries(meta).filter(([name]) => name !== "origin" && name !== "ca" && name !== "cert");
  return (
    <Section title="Settings">
      <Card>
        <dl className="divide-y divide-line">
          {settings.map(([name, value]) => (
            <div key={name} className="flex flex-wrap gap-x-4 px-5 py-2.5">
              <dt className="w-40 text-ink-soft">{name}</dt>
              <dd className="min-w-0 break-all font-mono text-xs">{value}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </Section>
  );
}

function Users({ users }: { users: { id: string; name: string; applicationName: string }[] }) {
  return (
    <Section title="Environments that use it">
      {users.length === 0 ? (
        <p className="text-ink-soft">None; the provider can be removed.</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {users.map(({ id, name, applicationName }) => (
            <li key={id}>
              <Link href={`/dashboard/environments/${id}`} className="rounded-sm font-medium hover:underline">
                {name}
              </Link>{" "}
              <span className="text-ink-faint">{applicationName}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
