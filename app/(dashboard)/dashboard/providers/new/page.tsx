import type { Metadata } from "next";
import { pageContext } from "#app/(dashboard)/context.ts";
import { AddProviderForm } from "#components/providers/add-provider-form.tsx";
import { Card } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { addProvider } from "../actions.ts";

export const metadata: Metadata = { title: "Add provider" };

export default async function NewProviderPage() {
  await pageContext("/dashboard/providers/new");
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title="Add provider" lead="The key is tried against the cloud before it is kept." />
      <Card>
        <AddProviderForm add={addProvider} />
      </Card>
    </div>
  );
}
