import { and, asc, desc, eq, ilike, isNull, or, type SQL, sql } from "drizzle-orm";
import { applications, environments, nodes } from "#drizzle/schema/index.ts";
import type { Context } from "#lib/context.ts";
import type { EnvironmentState, Wish } from "#lib/model/states.ts";
import { likeAnywhere, likeLetters, likeStart } from "../like.ts";

export type FoundEnvironment = {
  id: string;
  name: string;
  applicationName: string;
  state: EnvironmentState;
  wish: Wish;
  servers: number;
  /** It has a Docker cluster. */
  hasDocker: boolean;
  /** The first of its servers. */
  firstNode: string | null;
};

export type Sought = { words: string; wish?: Wish; docker?: boolean; limit: number };

/**
 * Environments by what somebody typed of their name or their application's, "shop/sta" or "stg" for "staging", or by
 * their id; the nearest first, and without words those that changed last.
 */
export function findEnvironments(ctx: Context, { words, wish, docker, limit }: Sought): Promise<FoundEnvironment[]> {
  const text = words.trim();
  const [nearness, found] = text ? matching(text) : [undefined, undefined];
  const hasDocker = sql<boolean>`exists (select 1 from ${nodes} where ${nodes.environmentId} = ${environments.id} and 'docker' = any(${nodes.packages}))`;
  return ctx.db
    .select({
      id: environments.id,
      name: environments.name,
      applicationName: applications.name,
      state: environments.state,
      wish: environments.wish,
      servers: sql<number>`(select count(*) from ${nodes} where ${nodes.environmentId} = ${environments.id})`.mapWith(
        Number,
      ),
      hasDocker,
      firstNode: sql<
        string | null
      >`(select ${nodes.name} from ${nodes} where ${nodes.environmentId} = ${environments.id} order by ${nodes.position} limit 1)`,
    })
    .from(environments)
    .innerJoin(applications, eq(applications.id, environments.applicationId))
    .where(
      and(
        eq(environments.organisationId, ctx.organisation.id),
        isNull(environments.deletedAt),
        wish ? eq(environments.wish, wish) : undefined,
        docker ? hasDocker : undefined,
        found,
      ),
    )
    .orderBy(...(nearness ? [nearness] : []), desc(environments.changedAt), asc(environments.id))
    .limit(limit);
}

/** How near a name is to what was typed, least first; and which are found at all. */
function matching(text: string): [SQL, SQL | undefined] {
  const path = sql`${applications.name} || '/' || ${environments.name}`;
  const parts = text.split(/\s*\/\s*|\s+/).map((part) => part.replace(/[\\%_]/g, "\\$&"));
  const tests: SQL[] = [
    eq(environments.id, text),
    sql`lower(${environments.name}) = lower(${text})`,
    likeStart(environments.name, text),
    ...(parts.length > 1 ? [ilike(path, `${parts.join("%/")}%`)] : []),
    likeAnywhere(environments.name, text),
    likeAnywhere(applications.name, text),
    ilike(path, `%${parts.join("%")}%`),
    likeLetters(environments.name, text),
  ];
  const cases = tests.map((test, index) => sql`when ${test} then ${sql.raw(String(index))}`);
  return [sql`case ${sql.join(cases, sql` `)} end`, or(...tests)];
}
