import { and, eq } from "drizzle-orm";
import { sshKeys } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { notFound } from "#lib/errors.ts";

/** Removes a public key; servers lose it when they are next changed. */
export function deleteKey(ctx: Context, id: string): Promise<void> {
  requireRole(ctx, "operator");
  return ctx.db.transaction(async (tx) => {
    const mine = and(eq(sshKeys.id, id), eq(sshKeys.organisationId, ctx.organisation.id));
    const [gone] = await tx.delete(sshKeys).where(mine).returning();
    if (!gone) throw notFound("The key");
    await recordAudit(tx, ctx, "key.delete", id, { name: gone.name });
  });
}
