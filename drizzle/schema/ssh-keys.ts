import { pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { users } from "./users.ts";

/** Public keys that may log in as `cloudhero` on the organisation's servers. */
export const sshKeys = pgTable(
  "ssh_keys",
  {
    id: id(),
    organisationId: text()
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    publicKey: text().notNull(),
    /** SHA256:…, as ssh-keygen -l prints it. */
    fingerprint: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("ssh_keys_fingerprint").on(table.organisationId, table.fingerprint)],
);
