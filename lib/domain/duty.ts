import type { Context, Queryable } from "#lib/context.ts";

/** What CloudHero does by itself because a team has said so before. */
export type Duty = "schedule" | "time to live";

/** The authority by which a worker does a duty for an organisation: it may what an operator may, and is audited by its name. */
export const dutyContext = (db: Queryable, organisation: Context["organisation"], duty: Duty): Context => ({
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
