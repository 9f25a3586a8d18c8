import { templates } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { notFound } from "#lib/errors.ts";
import { ownTemplate } from "./get.ts";
import { refuseBuiltIn } from "./update.ts";

/** Forgets a template; environments that were made from it stay as they are. */
export async function deleteTemplate(ctx: Context, id: string): Promise<void> {
  requireRole(ctx, "operator");
  refuseBuiltIn(id);
  await ctx.db.transaction(async (tx) => {
    const [gone] = await tx.delete(templates).where(ownTemplate(ctx, id)).returning();
    if (!gone) throw notFound("The template");
    await recordAudit(tx, ctx, "template.delete", id, { name: gone.name });
  });
}
