import { templates } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict, notFound } from "#lib/errors.ts";
import { takenName } from "../taken-name.ts";
import { isBuiltIn } from "./built-in.ts";
import { nameTaken, refuseBuiltInName, type TemplateWish, templateNodes } from "./check.ts";
import { ownTemplate } from "./get.ts";
import { type TemplateView, viewTemplate } from "./view.ts";

/** What is left out stays as it is. */
export type TemplateChange = Partial<TemplateWish>;

/** Changes a template of the organisation; throws "conflict" for one that comes with CloudHero, or a name that is taken. */
export async function updateTemplate(ctx: Context, id: string, change: TemplateChange): Promise<TemplateView> {
  requireRole(ctx, "operator");
  refuseBuiltIn(id);
  if (change.name) refuseBuiltInName(change.name);
  const restated = change.nodes || change.environmentId;
  const nodes = restated ? await templateNodes(ctx, change) : undefined;
  return ctx.db.transaction(async (tx) => {
    const mine = ownTemplate(ctx, id);
    const [before] = await tx.select().from(templates).where(mine).for("update");
    if (!before) throw notFound("The template");
    const { name = before.name, description = before.description } = change;
    const [row] = await tx
      .update(templates)
      .set({ name, description, nodes: nodes ?? before.nodes })
      .where(mine)
      .returning()
      .catch(takenName(() => nameTaken(name)));
    await recordAudit(tx, ctx, "template.update", id, { name, nodes: row!.nodes.length });
    return viewTemplate(row!);
  });
}

/** Throws "conflict" for a template that comes with CloudHero. */
export function refuseBuiltIn(id: string): void {
  if (isBuiltIn(id)) throw conflict("This template comes with CloudHero: save one of your own instead.");
}
