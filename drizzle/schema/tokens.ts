import { index, pgTable, text } from "drizzle-orm/pg-core";
import { roles } from "#lib/model/roles.ts";
import { createdAt, id, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { users } from "./users.ts";

/** A persistent token, known by its hash alone. */
export const tokens = pgTable(
  "tokens",
  {
    id: id(),
    organisationId: text()
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** The most it may do; never more than its user's own role. */
    role: text({ enum: roles }).notNull(),
    /** What it is for, where that is less than its role may; null: all of it. */
    scopes: text().array(),
    /** SHA-256. */
    hash: text().notNull().unique(),
    expiresAt: moment(),
    lastUsedAt: moment(),
    createdAt: createdAt(),
  },
  (table) => [index().on(table.organisationId)],
);
