import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, sealed } from "./columns.ts";
import { nodes } from "./nodes.ts";

/** What a package on a node was given to log in with. */
export const credentials = pgTable(
  "credentials",
  {
    nodeId: text()
      .notNull()
      .references(() => nodes.id, { onDelete: "cascade" }),
    package: text().notNull(),
    username: text().notNull(),
    database: text(),
    password: sealed().notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.nodeId, table.package] })],
);
