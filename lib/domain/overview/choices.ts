import { asc, eq } from "drizzle-orm";
import { applications, providers } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";

type Named = { id: string; name: string };

/** Names to choose from at most; the rest is found by typing. */
const most = 200;

/** The providers and applications that the overview can be narrowed to, by name. */
export async function overviewChoices(ctx: Context): Promise<{ providers: Named[]; applications: Named[] }> {
  const named = (table: typeof providers | typeof applications) =>
    ctx.db
      .select({ id: table.id, name: table.name })
      .from(table)
      .where(eq(table.organisationId, ctx.organisation.id))
      .orderBy(asc(table.name))
      .limit(most);
  const [ofProviders, ofApplications] = await Promise.all([named(providers), named(applications)]);
  return { providers: ofProviders, applications: ofApplications };
}
