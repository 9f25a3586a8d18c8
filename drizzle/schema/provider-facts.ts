import { jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";
import { providers } from "./providers.ts";

/** What a cloud answered that changes slowly (regions, sizes, prices), for all who ask after. */
export const providerFacts = pgTable(
  "provider_facts",
  {
    providerId: text()
      .notNull()
      .references(() => providers.id, { onDelete: "cascade" }),
    /** "metadata", "prices eu-west-1" */
    name: text().notNull(),
    value: jsonb().notNull(),
    fetchedAt: createdAt(),
    /** Somebody is asking the cloud anew until then, or has died. */
    claimedUntil: moment(),
  },
  (table) => [primaryKey({ columns: [table.providerId, table.name] })],
);
