import { sql } from "drizzle-orm";
import { integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns.ts";
import { organisations } from "./organisations.ts";

export const applications = pgTable(
  "applications",
  {
    id: id(),
    organisationId: text()
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    name: text().notNull(),
    type: text().notNull(),
    deploymentsCount: integer().notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("applications_name").on(table.organisationId, sql`lower(${table.name})`)],
);
