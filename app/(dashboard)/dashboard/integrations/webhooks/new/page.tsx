import type { Metadata } from "next";
import { pageContext } from "#app/(dashboard)/context.ts";
import { RoleNeeded } from "#components/shell/role-needed.tsx";
import { Card } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { AddWebhookForm } from "#components/webhooks/add-webhook-form.tsx";
import { includesRole } from "#lib/model/roles.ts";
import { addWebhook } from "../actions.ts";

export const metadata: Metadata = { title: "Add webhook" };

export default async function NewWebhookPage() {
  const ctx = await pageContext("/dashboard/integrations/webhooks/new");
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title="Add webhook"
        lead="An address that is told, signed, what happens to your environments; what it does not take is sent again for a day."
      />
      {includesRole(ctx.role, "admin") ? (
        <Card>
          <AddWebhookForm add={addWebhook} />
        </Card>
      ) : (
        <RoleNeeded needed="admin" mine={ctx.role} what="Adding a webhook is" />
      )}
    </div>
  );
}
