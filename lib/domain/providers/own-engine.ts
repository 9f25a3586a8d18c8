import { organisations } from "#drizzle/schema/index.ts";
import { config } from "#lib/config.ts";
import type { Context } from "#lib/context.ts";

/** Whether an organisation may have containers made on CloudHero's own machine: the first may, and all where the operator says so. */
export async function mayUseOwnEngine(ctx: Context): Promise<boolean> {
  if (config().dockerShared) return true;
  const [first] = await ctx.db.select({ id: organisations.id }).from(organisations).orderBy(organisations.id).limit(1);
  return first?.id === ctx.organisation.id;
}
