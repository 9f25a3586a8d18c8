import { and, eq } from "drizzle-orm";
import { memberships, sessions } from "#drizzle/schema/index.ts";
import { requireSession } from "#lib/auth/require.ts";
import type { Context } from "#lib/context.ts";
import { notFound } from "#lib/errors.ts";

/** Turns the session that asks to another organisation of its user's. */
export async function enterOrganisation(ctx: Context, id: string): Promise<void> {
  const mine = and(eq(memberships.userId, ctx.user.id), eq(memberships.organisationId, id));
  const [member] = await ctx.db.select({ role: memberships.role }).from(memberships).where(mine);
  if (!member) throw notFound("The organisation");
  const sessionId = requireSession(ctx);
  await ctx.db.update(sessions).set({ organisationId: id }).where(eq(sessions.id, sessionId));
}
