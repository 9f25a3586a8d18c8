import { eq } from "drizzle-orm";
import { applications } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict } from "#lib/errors.ts";
import { changesBetween } from "#lib/model/changes.ts";
import { takenName } from "../taken-name.ts";
import { type ApplicationView, getApplication } from "./get.ts";

/** Renames an application; its servers keep their names. */
export function renameApplication(ctx: Context, id: string, name: string): Promise<ApplicationView> {
  requireRole(ctx, "operator");
  return ctx.db.transaction(async (tx) => {
    const before = await getApplication({ ...ctx, db: tx }, id);
    await tx
      .update(applications)
      .set({ name })
      .where(eq(applications.id, id))
      .catch(takenName(() => conflict(`There is an application named ${name} already.`, "application_name")));
    await recordAudit(tx, ctx, "application.rename", id, {
      name,
      changes: changesBetween({ name: before.name }, { name }),
    });
    return { ...before, name };
  });
}
