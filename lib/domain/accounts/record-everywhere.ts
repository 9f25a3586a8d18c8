import { eq } from "drizzle-orm";
import { memberships, organisations } from "#drizzle/schema/index.ts";
import type { Context, Queryable } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";

/** Writes what a person did to the account, which each of the person's organisations may read. */
export async function recordEverywhere(
  tx: Queryable,
  actor: Pick<Context, "user" | "address">,
  action: string,
  details?: Record<string, unknown>,
): Promise<void> {
  const found = await tx
    .select({ id: organisations.id, name: organisations.name, slug: organisations.slug })
    .from(memberships)
    .innerJoin(organisations, eq(organisations.id, memberships.organisationId))
    .where(eq(memberships.userId, actor.user.id))
    .limit(500);
  for (const organisation of found)
    await recordAudit(tx, { ...actor, organisation }, action, actor.user.id, { email: actor.user.email, ...details });
}
