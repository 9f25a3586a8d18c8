import { and, asc, eq, getTableColumns, gt } from "drizzle-orm";
import { tokens, users } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { includesRole } from "#lib/model/roles.ts";
import type { Page } from "../page.ts";

/** The tokens that the asker may see and revoke: an admin all of the organisation, others their own. */
export const visibleTokens = (ctx: Context) =>
  and(
    eq(tokens.organisationId, ctx.organisation.id),
    includesRole(ctx.role, "admin") ? undefined : eq(tokens.userId, ctx.user.id),
  );

/** Each with the e-mail address of whose it is (`owner`). */
export async function listTokens(ctx: Context, { limit, cursor }: Page) {
  const visible = and(visibleTokens(ctx), cursor ? gt(tokens.id, cursor) : undefined);
  const { hash: _, ...view } = getTableColumns(tokens);
  return ctx.db
    .select({ ...view, owner: users.email })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.userId))
    .where(visible)
    .orderBy(asc(tokens.id))
    .limit(limit);
}
