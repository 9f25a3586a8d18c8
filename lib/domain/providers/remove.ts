import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { environments, providers } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict, notFound } from "#lib/errors.ts";

/** Removes a provider that no environment uses; throws "conflict" naming those that do. */
export function deleteProvider(ctx: Context, id: string): Promise<void> {
  requireRole(ctx, "admin");
  return ctx.db.transaction(async (tx) => {
    const mine = and(eq(providers.id, id), eq(providers.organisationId, ctx.organisation.id));
    const [found] = await tx.select().from(providers).where(mine).for("update");
    if (!found) throw notFound("The provider");
    const using = and(eq(environments.providerId, id), isNull(environments.deletedAt));
    const users = await tx.select({ name: environments.name }).from(environments).where(using).limit(20);
    if (users.length > 0)
      throw conflict(
        `${found.name} is in use by ${users.map(({ name }) => name).join(", ")}: delete these environments first.`,
      );
    await tx.delete(environments).where(and(eq(environments.providerId, id), isNotNull(environments.deletedAt)));
    await tx.delete(providers).where(mine);
    await recordAudit(tx, ctx, "provider.delete", id, { name: found.name });
  });
}
