import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns.ts";
import { organisations } from "./organisations.ts";

/** Who did what, when, from where; written in the transaction that did it, and never changed. */
export const audit = pgTable(
  "audit",
  {
    id: id(),
    organisationId: text()
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    userId: text(),
    actor: text().notNull(),
    action: text().notNull(),
    target: text(),
    details: jsonb().$type<Record<string, unknown>>(),
    address: text(),
    at: createdAt(),
  },
  (table) => [index("audit_organisation").on(table.organisationId, table.id)],
);
