import { tokens } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import { hashToken, newPersistentToken } from "#lib/auth/tokens.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { invalid } from "#lib/errors.ts";
import type { Role } from "#lib/model/roles.ts";
import { includesScope, type Scope } from "#lib/model/scopes.ts";
import { endOfToken } from "./end.ts";

export type TokenWish = { name: string; role?: Role; scopes?: Scope[]; expiresInDays?: number };

/**
 * Makes a token with the asker's role and scopes or lesser ones, which ends no later than a token that asks; it is answered
 * this once.
 */
export function createToken(ctx: Context, wish: TokenWish) {
  const role = wish.role ?? ctx.role;
  requireRole(ctx, role);
  const scopes = scopesFor(ctx, wish.scopes);
  const token = newPersistentToken();
  return ctx.db.transaction(async (tx) => {
    const wished = wish.expiresInDays ? new Date(Date.now() + wish.expiresInDays * 86_400_000) : null;
    const until = await endOfToken(ctx);
    const expiresAt = until && (!wished || wished > until) ? until : wished;
    const owner = { userId: ctx.user.id, organisationId: ctx.organisation.id };
    const [made] = await tx
      .insert(tokens)
      .values({ ...owner, name: wish.name, role, scopes, expiresAt, hash: hashToken(token) })
      .returning();
    await recordAudit(tx, ctx, "token.create", made!.id, { name: wish.name, role, scopes });
    const { hash: _, ...view } = made!;
    return { ...view, token };
  });
}

/** What is wished for, each once; the asker's own where nothing is. Null: all that the role may. */
function scopesFor(ctx: Context, wished: Scope[] | undefined): string[] | null {
  const held = ctx.scopes ?? null;
  const excess = wished?.find((scope) => !includesScope(held, scope));
  if (excess) throw invalid(`scopes: the token that asks is not for ${excess}`, "scopes");
  return wished ? [...new Set(wished)] : held && [...held];
}
