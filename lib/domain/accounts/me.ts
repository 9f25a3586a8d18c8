import { asc, eq } from "drizzle-orm";
import { identities, users } from "#drizzle/schema/index.ts";
import { requireSession } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { recordEverywhere } from "./record-everywhere.ts";

/** Who asks, as what, and by what that person logs in. */
export async function whoAmI(ctx: Context) {
  const [row] = await ctx.db.select({ hash: users.passwordHash }).from(users).where(eq(users.id, ctx.user.id));
  const linked = await ctx.db
    .select({ provider: identities.provider, createdAt: identities.createdAt })
    .from(identities)
    .where(eq(identities.userId, ctx.user.id))
    .orderBy(asc(identities.createdAt))
    .limit(50);
  const { user, organisation, role, scopes } = ctx;
  return { user, organisation, role, scopes: scopes ?? null, hasPassword: row?.hash != null, identities: linked };
}

/** Changes how the asker is called. */
export async function renameMyself(ctx: Context, name: string): Promise<void> {
  requireSession(ctx);
  await ctx.db.transaction(async (tx) => {
    await tx.update(users).set({ name }).where(eq(users.id, ctx.user.id));
    await recordEverywhere(tx, ctx, "account.rename", { before: ctx.user.name, after: name });
  });
}
