import { pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns.ts";

export const organisations = pgTable("organisations", {
  id: id(),
  name: text().notNull(),
  slug: text().notNull(),
  createdAt: createdAt(),
});
