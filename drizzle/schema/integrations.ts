import { sql } from "drizzle-orm";
import { boolean, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, id, sealed } from "./columns.ts";
import { organisations } from "./organisations.ts";

export const integrations = pgTable(
  "integrations",
  {
    id: id(),
    organisationId: text()
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    type: text().notNull(),
    name: text().notNull(),
    url: text().notNull(),
    username: text().notNull(),
    email: text(),
    password: sealed().notNull(),
    verified: boolean().notNull().default(false),
    /** Why it could not be verified. */
    reason: text(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("integrations_name").on(table.organisationId, table.type, sql`lower(${table.name})`)],
);
