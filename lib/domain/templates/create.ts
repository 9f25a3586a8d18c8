import { templates } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { nameTaken, refuseBuiltInName, type TemplateWish, templateNodes } from "./check.ts";
import { type TemplateView, viewTemplate } from "./view.ts";

/** Keeps servers as a template of the organisation; throws "conflict" for a name that is taken. */
export async function createTemplate(ctx: Context, wish: TemplateWish): Promise<TemplateView> {
  requireRole(ctx, "operator");
  refuseBuiltInName(wish.name);
  const nodes = await templateNodes(ctx, wish);
  return ctx.db.transaction(async (tx) => {
    const { name, description } = wish;
    const row = { organisationId: ctx.organisation.id, createdBy: ctx.user.id, name, description, nodes };
    const [made] = await tx.insert(templates).values(row).onConflictDoNothing().returning();
    if (!made) throw nameTaken(name);
    await recordAudit(tx, ctx, "template.create", made.id, { name, nodes: nodes.length });
    return viewTemplate(made);
  });
}
