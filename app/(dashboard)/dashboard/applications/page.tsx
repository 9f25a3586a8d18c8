import { Boxes, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { pageContext } from "#app/(dashboard)/context.ts";
import { AddApplicationForm } from "#components/applications/add-application-form.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RemoveButton } from "#components/ui/remove-button.tsx";
import { Cell, HeadCell, Row, Table } from "#components/ui/table.tsx";
import { listApplications } from "#lib/domain/applications/get.ts";
import { includesRole } from "#lib/model/roles.ts";
import { addApplication, removeApplication } from "./actions.ts";

export const metadata: Metadata = { title: "Applications" };

export default async function ApplicationsPage() {
  const ctx = await pageContext("/dashboard/applications");
  const applications = await listApplications(ctx, { limit: 500 });
  const mayChange = includesRole(ctx.role, "operator");
  return (
    <>
      <PageHeader
        title="Applications"
        lead="An application groups its environments: production, staging, one per branch."
      />
      <div className="flex flex-col gap-6">
        {mayChange && (
          <Card>
            <AddApplicationForm add={addApplication} />
          </Card>
        )}
        {applications.length === 0 ? (
          <EmptyState icon={<Boxes aria-hidden />} title="No application yet">
            Name one above, then make its first environment.
          </EmptyState>
        ) : (
          <Table caption="Applications">
            <thead>
              <tr>
                <HeadCell>Name</HeadCell>
                <HeadCell>Environments</HeadCell>
                <HeadCell className="hidden sm:table-cell">Deployments</HeadCell>
                <HeadCell className="hidden sm:table-cell">Created</HeadCell>
                <HeadCell>
                  <span className="sr-only">Actions</span>
                </HeadCell>
              </tr>
            </thead>
            <tbody>
              {applications.map(({ id, name, environments, deploymentsCount, createdAt }) => (
                <Row key={id}>
                  <Cell className="font-medium">
                    <Link href={`/dashboard?application=${id}`} className="rounded-sm hover:underline">
                      {name}
                    </Link>
                  </Cell>
                  <Cell className="tabular text-ink-soft">{environments.length}</Cell>
                  <Cell className="tabular hidden text-ink-soft sm:table-cell">{deploymentsCount}</Cell>
                  <Cell className="hidden text-ink-soft sm:table-cell">
                    <RelativeTime at={createdAt.toISOString()} />
                  </Cell>
                  <Cell className="w-0 py-1.5">
                    {mayChange && (
                      <div className="flex items-center justify-end gap-1">
                        <ButtonLink size="small" href={`/dashboard/environments/new?application=${id}`}>
                          <Plus className="size-3.5" aria-hidden />
                          <span className="sr-only sm:not-sr-only">New environment</span>
                        </ButtonLink>
                        <RemoveButton what={`application ${name}`} remove={removeApplication.bind(null, id)}>
                          The application's name is free again. An application that has environments cannot be removed.
                        </RemoveButton>
                      </div>
                    )}
                  </Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        )}
      </div>
    </>
  );
}
