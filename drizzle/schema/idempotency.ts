import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, sealed } from "./columns.ts";
import { organisations } from "./organisations.ts";

/** The first answer to a POST that carried an Idempotency-Key; kept for a day. */
export const idempotency = pgTable(
  "idempotency",
  {
    organisationId: text()
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    key: text().notNull(),
    /** SHA-256 of method, path and body. */
    fingerprint: text().notNull(),
    /** Null while the first request is under way. */
    status: integer(),
    body: sealed(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.key] })],
);
