import { eq, type SQL } from "drizzle-orm";
import { environments, organisations } from "#drizzle/schema/index.ts";
import type { Context, Queryable } from "#lib/context.ts";
import type { Database } from "#lib/db/client.ts";
import type { EnvironmentRow } from "./environments/view.ts";

/** What CloudHero does by itself because a team has said so before. */
export type Duty = "schedule" | "time to live";

/** The authority by which a worker does a duty for an organisation: it may what an operator may, and is audited by its name. */
const dutyContext = (db: Queryable, organisation: Context["organisation"], duty: Duty): Context => ({
  db,
  address: null,
  organisation,
  user: { id: "", email: duty, name: `The ${duty}` },
  role: "operator",
  via: "token",
  sessionId: null,
});

/** Who asks, in a sentence of the timeline. */
export const askerOf = ({ user }: Pick<Context, "user">): string => (user.id ? user.email : user.name);

/**
 * Does a duty for the environment that is `wanted`, with its row held: however many workers come, one does it, and the
 * others, as well as who comes when it is no longer wanted, are answered null.
 */
export function inTurn<T>(
  db: Database,
  duty: Duty,
  wanted: SQL | undefined,
  run: (ctx: Context, row: EnvironmentRow) => Promise<T>,
): Promise<T | null> {
  return db.transaction(async (tx) => {
    const [found] = await tx
      .select({ environment: environments, organisation: organisations })
      .from(environments)
      .innerJoin(organisations, eq(organisations.id, environments.organisationId))
      .where(wanted)
      .for("no key update", { of: environments, skipLocked: true });
    return found ? run(dutyContext(tx, found.organisation, duty), found.environment) : null;
  });
}
