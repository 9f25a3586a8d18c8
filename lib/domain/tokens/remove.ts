import { and, eq } from "drizzle-orm";
import { tokens } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { notFound } from "#lib/errors.ts";
import { recordAudit } from "../audit/record.ts";
import { visibleTokens } from "./list.ts";

/** Revokes a token at once. */
export function deleteToken(ctx: Context, id: string): Promise<void> {
  return ctx.db.transaction(async (tx) => {
    const [gone] = await tx
      .delete(tokens)
      .where(and(eq(tokens.id, id), visibleTokens(ctx)))
      .returning();
    if (!gone) throw notFound("The token");
    await recordAudit(tx, ctx, "token.revoke", id, { name: gone.name });
  });
}
