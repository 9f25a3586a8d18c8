import { tokens } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import { hashToken, newPersistentToken } from "#lib/auth/tokens.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import type { Role } from "#lib/model/roles.ts";

export type TokenWish = { name: string; role?: Role; expiresInDays?: number };

/** Makes a token with the asker's role or a lesser one; it is answered this once. */
export function createToken(ctx: Context, wish: TokenWish) {
  const role = wish.role ?? ctx.role;
  requireRole(ctx, role);
  const token = newPersistentToken();
  return ctx.db.transaction(async (tx) => {
    const expiresAt = wish.expiresInDays ? new Date(Date.now() + wish.expiresInDays * 86_400_000) : null;
    const owner = { userId: ctx.user.id, organisationId: ctx.organisation.id };
    const [made] = await tx
      .insert(tokens)
      .values({ ...owner, name: wish.name, role, expiresAt, hash: hashToken(token) })
      .returning();
    await recordAudit(tx, ctx, "token.create", made!.id, { name: wish.name, role });
    const { hash: _, ...view } = made!;
    return { ...view, token };
  });
}
