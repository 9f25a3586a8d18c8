import { and, eq, isNotNull } from "drizzle-orm";
import { environments, providers } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict } from "#lib/errors.ts";
import { lockProvider } from "./lock.ts";
import { usersOf } from "./usage.ts";

/** Removes a provider that no environment uses; throws "conflict" naming those that do. */
export function deleteProvider(ctx: Context, id: string): Promise<void> {
  requireRole(ctx, "admin");
  return ctx.db.transaction(async (tx) => {
    const { name } = await lockProvider({ ...ctx, db: tx }, id);
    const users = await usersOf(tx, id);
    if (users.length > 0) throw conflict(`${name} is in use by ${users.join(", ")}: delete these environments first.`);
    await tx.delete(environments).where(and(eq(environments.providerId, id), isNotNull(environments.deletedAt)));
    await tx.delete(providers).where(eq(providers.id, id));
    await recordAudit(tx, ctx, "provider.delete", id, { name });
  });
}
