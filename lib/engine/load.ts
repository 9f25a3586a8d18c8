import { asc, eq } from "drizzle-orm";
import { environments, nodes, providers } from "#drizzle/schema/index.ts";
import type { Queryable } from "#lib/context.ts";
import type { EnvironmentRow, NodeRow, ProviderRow } from "./types.ts";

export type Loaded = { environment: EnvironmentRow; nodes: NodeRow[]; provider: ProviderRow };

/** An environment with its nodes and provider; null when it is no more. */
export async function load(db: Queryable, environmentId: string): Promise<Loaded | null> {
  const [found] = await db
    .select({ environment: environments, provider: providers })
    .from(environments)
    .innerJoin(providers, eq(providers.id, environments.providerId))
    .where(eq(environments.id, environmentId));
  if (!found) return null;
  const rows = await db.select().from(nodes).where(eq(nodes.environmentId, environmentId)).orderBy(asc(nodes.position));
  return { ...found, nodes: rows };
}
