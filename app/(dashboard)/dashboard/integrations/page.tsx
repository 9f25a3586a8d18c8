import { Package, Plus, Webhook } from "lucide-react";
import type { Metadata } from "next";
import { pageContext } from "#app/(dashboard)/context.ts";
import { RegistryTable } from "#components/integrations/registry-table.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { WebhookTable } from "#components/webhooks/webhook-table.tsx";
import type { Context } from "#lib/context.ts";
import { listIntegrations } from "#lib/domain/integrations/get.ts";
import { listWebhooks } from "#lib/domain/webhooks/get.ts";
import { includesRole } from "#lib/model/roles.ts";
import { removeRegistry } from "./registries/actions.ts";
import { removeWebhook } from "./webhooks/actions.ts";

export const metadata: Metadata = { title: "Integrations" };

const path = "/dashboard/integrations";

export default async function IntegrationsPage() {
  const ctx = await pageContext(path);
  return (
    <>
      <PageHeader
        title="Integrations"
        lead="Registries that your Docker clusters get images from, and addresses that are told what happens to environments."
      />
      <div className="flex flex-col gap-10">
        <Registries ctx={ctx} />
        <Webhooks ctx={ctx} />
      </div>
    </>
  );
}

async function Registries({ ctx }: { ctx: Context }) {
  const registries = await listIntegrations(ctx);
  const mayChange = includesRole(ctx.role, "admin");
  const add = mayChange && <Add href={`${path}/registries/new`}>Add registry</Add>;
  return (
    <Section title="Registries" actions={registries.length > 0 && add}>
      {registries.length > 0 ? (
        <RegistryTable registries={registries} remove={mayChange ? removeRegistry : undefined} />
      ) : (
        <EmptyState icon={<Package aria-hidden />} title="No registry yet" actions={add}>
          Add a Docker Hub account, or another registry, and every Docker cluster gets private images with it, without a
          password in anybody’s client.
        </EmptyState>
      )}
    </Section>
  );
}

async function Webhooks({ ctx }: { ctx: Context }) {
  if (!includesRole(ctx.role, "admin"))
    return (
      <Section title="Webhooks">
        <p className="text-ink-soft">
          Webhooks are for the role admin: many an address is a password. Yours is {ctx.role}.
        </p>
      </Section>
    );
  const webhooks = await listWebhooks(ctx, { limit: 100 });
  const add = <Add href={`${path}/webhooks/new`}>Add webhook</Add>;
  return (
    <Section title="Webhooks" actions={webhooks.length > 0 && add}>
      {webhooks.length > 0 ? (
        <WebhookTable webhooks={webhooks} remove={removeWebhook} />
      ) : (
        <EmptyState icon={<Webhook aria-hidden />} title="No webhook yet" actions={add}>
          Give an address of yours, and it gets a signed POST when an environment runs, fails, stops or is deleted: for
          a chat, a deployment, or an alarm.
        </EmptyState>
      )}
    </Section>
  );
}

function Add({ href, children }: { href: string; children: string }) {
  return (
    <ButtonLink href={href}>
      <Plus className="size-4" aria-hidden />
      {children}
    </ButtonLink>
  );
}
