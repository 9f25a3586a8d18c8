import { and, eq } from "drizzle-orm";
import { providers } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { notFound } from "#lib/errors.ts";
import type { ProviderRow } from "./view.ts";

/** A provider's row, held until the transaction ends: no environment is made in it meanwhile. Throws "not_found". */
export async function lockProvider(ctx: Context, id: string): Promise<ProviderRow> {
  const mine = and(eq(providers.id, id), eq(providers.organisationId, ctx.organisation.id));
  // "no key update" would let a new environment's reference to it pass.
  const [row] = await ctx.db.select().from(providers).where(mine).for("update");
  if (!row) throw notFound("The provider");
  return row;
}
