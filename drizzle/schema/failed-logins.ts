import { index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns.ts";

/** Log-ins that failed lately, by account and by address; what limits guessing. */
export const failedLogins = pgTable(
  "failed_logins",
  { id: id(), subject: text().notNull(), at: createdAt() },
  (table) => [index("failed_logins_subject").on(table.subject, table.at)],
);
