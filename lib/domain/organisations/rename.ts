import { eq } from "drizzle-orm";
import { organisations } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { notFound } from "#lib/errors.ts";

/** Gives the organisation another name; its servers' names, which are DNS names, go on beginning with the first one. */
export function renameOrganisation(ctx: Context, id: string, name: string): Promise<void> {
  if (id !== ctx.organisation.id) throw notFound("The organisation");
  requireRole(ctx, "owner");
  return ctx.db.transaction(async (tx) => {
    await tx.update(organisations).set({ name }).where(eq(organisations.id, id));
    await recordAudit(tx, ctx, "organisation.rename", id, { before: ctx.organisation.name, after: name });
  });
}
