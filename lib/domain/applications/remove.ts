import { and, eq, isNotNull } from "drizzle-orm";
import { applications, environments } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict } from "#lib/errors.ts";
import { getApplication } from "./get.ts";

/** Removes an application that has no environments; throws "conflict" while it has some. */
export function deleteApplication(ctx: Context, id: string): Promise<void> {
  requireRole(ctx, "operator");
  return ctx.db.transaction(async (tx) => {
    const mine = and(eq(applications.id, id), eq(applications.organisationId, ctx.organisation.id));
    // Whoever is making an environment in it is waited for, and seen.
    await tx.select({ id: applications.id }).from(applications).where(mine).for("update");
    const found = await getApplication({ ...ctx, db: tx }, id);
    if (found.environments.length > 0)
      throw conflict(`${found.name} still has ${found.environments.length} environment(s): delete them first.`);
    await tx.delete(environments).where(and(eq(environments.applicationId, id), isNotNull(environments.deletedAt)));
    await tx.delete(applications).where(eq(applications.id, id));
    await recordAudit(tx, ctx, "application.delete", id, { name: found.name });
  });
}
