import type { ExtractTablesWithRelations } from "drizzle-orm";
import type { PgDatabase } from "drizzle-orm/pg-core";
import type { PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import type * as schema from "#drizzle/schema/index.ts";
import type { Role } from "#lib/model/roles.ts";

/** The database, or a transaction on it. */
export type Queryable = PgDatabase<PostgresJsQueryResultHKT, typeof schema, ExtractTablesWithRelations<typeof schema>>;

/** Somebody not (yet) known. */
export type Visitor = {
  db: Queryable;
  /** Where the request came from. */
  address: string | null;
};

/** Who asks, for which organisation, with what authority. Each verb takes it first. */
export type Context = Visitor & {
  organisation: { id: string; name: string; slug: string };
  user: { id: string; email: string; name: string };
  /** The least of the user's role and the token's. */
  role: Role;
  /** What the token is for, where that is less than all that the role may. */
  scopes?: readonly string[] | null;
  /** A browser's cookie may not use the documented GETs that change something. */
  via: "token" | "cookie";
  sessionId: string | null;
  /** The persistent token that asks, if one does. */
  tokenId?: string;
};
