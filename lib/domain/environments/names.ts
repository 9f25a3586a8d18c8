import { and, eq, inArray, isNull } from "drizzle-orm";
import { environments, nodes } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import { newId } from "#lib/ids.ts";
import { label } from "#lib/model/names.ts";
import type { NodeWish } from "#lib/model/wishes.ts";

/** What an environment's network, key and firewall are called: readable, and never another's. */
export const environmentLabel = (ctx: Context, application: string, environment: string, id: string) =>
  label(ctx.organisation.slug, application, environment, id.slice(-8));

/** ACCOUNT-USER-APPLICATION-ENVIRONMENT-NODE for each; where a living server has that name already, its id's end is added. */
export async function nodeNames(ctx: Context, application: string, environment: string, wished: NodeWish[]) {
  const named = wished.map((wish) => ({
    wish,
    id: newId(),
    hostname: label(ctx.organisation.slug, ctx.user.name, application, environment, wish.name),
  }));
  const wanted = named.map(({ hostname }) => hostname);
  const taken = await ctx.db
    .select({ hostname: nodes.hostname })
    .from(nodes)
    .innerJoin(environments, eq(environments.id, nodes.environmentId))
    .where(and(inArray(nodes.hostname, wanted), isNull(environments.deletedAt)));
  const seen = new Set(taken.map(({ hostname }) => hostname));
  return named.map(({ wish, id, hostname }) => {
    const free = seen.has(hostname) ? label(hostname.slice(0, 54), id.slice(-8)) : hostname;
    seen.add(free);
    return { wish, id, hostname: free };
  });
}
