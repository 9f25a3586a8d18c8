import { jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Server } from "#lib/providers/provider.ts";
import { moment } from "./columns.ts";
import { providers } from "./providers.ts";

export type ListedServer = Omit<Server, "createdAt"> & { createdAt: string | null };

/** The newest listing of a provider's region, shared by all its environments and workers. */
export const observations = pgTable(
  "observations",
  {
    providerId: text()
      .notNull()
      .references(() => providers.id, { onDelete: "cascade" }),
    region: text().notNull(),
    servers: jsonb().$type<ListedServer[]>().notNull().default([]),
    /** When the listing in `servers` was begun: what was launched later is not in it. */
    begunAt: moment(),
    /** A worker is listing until then, or has died. */
    claimedUntil: moment(),
    error: text(),
  },
  (table) => [primaryKey({ columns: [table.providerId, table.region] })],
);
