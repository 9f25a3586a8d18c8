import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { users } from "./users.ts";

/** Who somebody is elsewhere (GitHub, Google, an OpenID provider), and logs in by. */
export const identities = pgTable(
  "identities",
  {
    /** "github", "google", "oidc" */
    provider: text().notNull(),
    /** The provider's own id of the person, which unlike an address never changes. */
    subject: text().notNull(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.provider, table.subject] }), index().on(table.userId)],
);
