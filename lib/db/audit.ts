import { audit } from "#drizzle/schema/index.ts";
import type { Context, Queryable } from "#lib/context.ts";

/** Writes who did what, in the transaction that did it. Details never hold a secret. */
export async function recordAudit(
  tx: Queryable,
  ctx: Pick<Context, "organisation" | "user" | "address">,
  action: string,
  target?: string,
  details?: Record<string, unknown>,
): Promise<void> {
  await tx.insert(audit).values({
    organisationId: ctx.organisation.id,
    // A duty has a name and no user.
    userId: ctx.user.id || null,
    actor: ctx.user.email,
    action,
    target,
    details,
    address: ctx.address,
  });
}
