import { pgTable, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";

/** One row: which CloudHero this is; the mark that its servers carry in the clouds. */
export const installation = pgTable("installation", {
  id: text().primaryKey(),
  /** Key id of the CLOUDHERO_SECRET that seals the rows. */
  keyId: text().notNull(),
  createdAt: createdAt(),
});
