import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { roles } from "#lib/model/roles.ts";
import { createdAt } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { users } from "./users.ts";

export const memberships = pgTable(
  "memberships",
  {
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    organisationId: text()
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    role: text({ enum: roles }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.organisationId] }), index().on(table.organisationId)],
);
