import { applications } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict } from "#lib/errors.ts";
import type { ApplicationView } from "./get.ts";

/** Makes an application; throws "conflict" for a name that is taken. */
export function createApplication(ctx: Context, wish: { name: string }): Promise<ApplicationView> {
  requireRole(ctx, "operator");
  return ctx.db.transaction(async (tx) => {
    const row = { organisationId: ctx.organisation.id, name: wish.name, type: "custom" };
    const [made] = await tx.insert(applications).values(row).onConflictDoNothing().returning();
    if (!made) throw conflict(`There is an application named ${wish.name} already.`, "application_name");
    await recordAudit(tx, ctx, "application.create", made.id, { name: made.name });
    return { ...made, environments: [] };
  });
}
