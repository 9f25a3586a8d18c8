import { pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";

/** The worker processes, each with its last sign of life. */
export const workers = pgTable("workers", {
  id: id(),
  host: text().notNull(),
  seenAt: moment().notNull().defaultNow(),
  createdAt: createdAt(),
});
