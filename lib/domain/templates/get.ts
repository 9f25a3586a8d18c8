import { and, asc, eq, gt } from "drizzle-orm";
import { templates } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { notFound } from "#lib/errors.ts";
import type { Page } from "../page.ts";
import { builtInTemplates } from "./built-in.ts";
import { type TemplateView, viewTemplate } from "./view.ts";

export const ownTemplate = (ctx: Context, id: string) =>
  and(eq(templates.id, id), eq(templates.organisationId, ctx.organisation.id));

/** A template that comes with CloudHero, or one of the organisation's; throws "not_found". */
export async function getTemplate(ctx: Context, id: string): Promise<TemplateView> {
  const known = builtInTemplates.find((template) => template.id === id);
  if (known) return known;
  const [row] = await ctx.db.select().from(templates).where(ownTemplate(ctx, id));
  if (!row) throw notFound("The template");
  return viewTemplate(row);
}

/** The built-in templates, then the organisation's, oldest first. */
export async function listTemplates(ctx: Context, { limit, cursor = "" }: Page): Promise<TemplateView[]> {
  const first = builtInTemplates.filter(({ id }) => id > cursor).slice(0, limit);
  if (first.length === limit) return first;
  const rows = await ctx.db
    .select()
    .from(templates)
    .where(and(eq(templates.organisationId, ctx.organisation.id), gt(templates.id, cursor)))
    .orderBy(asc(templates.id))
    .limit(limit - first.length);
  return [...first, ...rows.map(viewTemplate)];
}
