import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { environments } from "./environments.ts";

/** Names of containers that are just being made: no two processes make one of the same name in a cluster at once. */
export const containerNames = pgTable(
  "container_names",
  {
    environmentId: text()
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** Whose process has died is not waited for any longer. */
    heldUntil: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.environmentId, table.name] })],
);
