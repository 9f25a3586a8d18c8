import { and, eq } from "drizzle-orm";
import { tokens } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { notFound } from "#lib/errors.ts";
import { revokeCertificatesOf } from "../docker/certificates.ts";
import { visibleTokens } from "./list.ts";

/** Revokes a token at once, and the Docker certificates that it asked for. */
export function deleteToken(ctx: Context, id: string): Promise<void> {
  return ctx.db.transaction(async (tx) => {
    const mine = and(eq(tokens.id, id), visibleTokens(ctx));
    const [gone] = await tx.select().from(tokens).where(mine).for("update");
    if (!gone) throw notFound("The token");
    await revokeCertificatesOf(tx, id);
    await tx.delete(tokens).where(mine);
    await recordAudit(tx, ctx, "token.revoke", id, { name: gone.name });
  });
}
