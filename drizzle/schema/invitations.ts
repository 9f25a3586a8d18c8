import { pgTable, text } from "drizzle-orm/pg-core";
import { roles } from "#lib/model/roles.ts";
import { createdAt, id, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { users } from "./users.ts";

export const invitations = pgTable("invitations", {
  id: id(),
  organisationId: text()
    .notNull()
    .references(() => organisations.id, { onDelete: "cascade" }),
  invitedBy: text()
    .notNull()
    .references(() => users.id, { onDelete: "cascade" }),
  email: text().notNull(),
  role: text({ enum: roles }).notNull(),
  /** SHA-256. */
  tokenHash: text().notNull().unique(),
  expiresAt: moment().notNull(),
  acceptedAt: moment(),
  createdAt: createdAt(),
});
