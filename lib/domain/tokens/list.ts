import { and, asc, eq, gt } from "drizzle-orm";
import { tokens } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { includesRole } from "#lib/model/roles.ts";
import type { Page } from "../page.ts";

/** The tokens that the asker may see and revoke: an admin all of the organisation, others their own. */
export const visibleTokens = (ctx: Context) =>
  and(
    eq(tokens.organisationId, ctx.organisation.id),
    includesRole(ctx.role, "admin") ? undefined : eq(tokens.userId, ctx.user.id),
  );

export async function listTokens(ctx: Context, { limit, cursor }: Page) {
  const visible = and(visibleTokens(ctx), cursor ? gt(tokens.id, cursor) : undefined);
  const rows = await ctx.db.select().from(tokens).where(visible).orderBy(asc(tokens.id)).limit(limit);
  return rows.map(({ hash: _, ...view }) => view);
}
