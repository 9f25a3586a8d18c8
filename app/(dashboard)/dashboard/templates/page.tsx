import { BookmarkPlus, Plus } from "lucide-react";
import type { Metadata } from "next";
import { pageContext } from "#app/(dashboard)/context.ts";
import { TemplateCard } from "#components/templates/template-card.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { listTemplates } from "#lib/domain/templates/get.ts";
import type { TemplateView } from "#lib/domain/templates/view.ts";
import { includesRole } from "#lib/model/roles.ts";
import { changeTemplate, removeTemplate } from "./actions.ts";

export const metadata: Metadata = { title: "Templates" };

const most = 500;

export default async function TemplatesPage() {
  const ctx = await pageContext("/dashboard/templates");
  const templates = await listTemplates(ctx, { limit: most });
  const mayUse = includesRole(ctx.role, "operator");
  const own = templates.filter(({ builtIn }) => !builtIn);
  const show = (template: TemplateView) => (
    <TemplateCard
      key={template.id}
      template={template}
      usable={mayUse}
      change={mayUse && !template.builtIn ? changeTemplate.bind(null, template.id) : undefined}
      remove={mayUse && !template.builtIn ? removeTemplate.bind(null, template.id) : undefined}
    />
  );
  return (
    <>
      <PageHeader
        title="Templates"
        lead="Servers that are made again and again. Sizes are found at whatever provider you choose: the cheapest that is big enough."
      />
      <div className="flex flex-col gap-8">
        <Section title="Yours">
          {own.length > 0 ? (
            <ul className="grid gap-4 md:grid-cols-2">{own.map(show)}</ul>
          ) : (
            <EmptyState
              icon={<BookmarkPlus aria-hidden />}
              title="None of your own yet"
              actions={
                mayUse && (
                  <ButtonLink href="/dashboard/environments/new">
                    <Plus className="size-4" aria-hidden />
                    New environment
                  </ButtonLink>
                )
              }
            >
              “Save as template” stands beside Create in the form, and on every environment’s page.
            </EmptyState>
          )}
        </Section>
        <Section title="Built in">
          <ul className="grid gap-4 md:grid-cols-2">{templates.filter(({ builtIn }) => builtIn).map(show)}</ul>
        </Section>
      </div>
    </>
  );
}
