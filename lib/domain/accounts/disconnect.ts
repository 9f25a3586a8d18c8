import { and, eq } from "drizzle-orm";
import { identities, users } from "#drizzle/schema/index.ts";
import { requireSession } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { conflict, notFound } from "#lib/errors.ts";
import { recordEverywhere } from "./record-everywhere.ts";

/** Has the asker log in elsewhere no more; throws "conflict" where no other way in would be left. */
export function disconnectIdentity(ctx: Context, provider: string): Promise<void> {
  requireSession(ctx);
  return ctx.db.transaction(async (tx) => {
    const [user] = await tx.select().from(users).where(eq(users.id, ctx.user.id)).for("update");
    const linked = await tx.select().from(identities).where(eq(identities.userId, ctx.user.id)).limit(50);
    if (!linked.some((identity) => identity.provider === provider)) throw notFound("The connection");
    if (!user?.passwordHash && linked.every((identity) => identity.provider === provider))
      throw conflict("This is the only way that you can log in: set a password first.");
    await tx.delete(identities).where(and(eq(identities.userId, ctx.user.id), eq(identities.provider, provider)));
    await recordEverywhere(tx, ctx, "identity.disconnect", { provider });
  });
}
