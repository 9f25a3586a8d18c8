import { index, pgTable, text } from "drizzle-orm/pg-core";
import { roles } from "#lib/model/roles.ts";
import { authorities } from "./authorities.ts";
import { createdAt, id, moment } from "./columns.ts";
import { environments } from "./environments.ts";
import { organisations } from "./organisations.ts";
import { tokens } from "./tokens.ts";
import { users } from "./users.ts";

/** What a Docker client shows to say who it is; the private key was answered once and is nowhere. */
export const clientCertificates = pgTable(
  "client_certificates",
  {
    id: id(),
    organisationId: text()
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    environmentId: text()
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The token that asked for it, which takes it along when it is revoked. */
    tokenId: text().references(() => tokens.id, { onDelete: "set null" }),
    /** Our endpoint, or port 4000 of the nodes, which cannot tell roles apart. */
    scope: text({ enum: ["endpoint", "nodes"] }).notNull(),
    /** The most it may do; never more than its user's own role. */
    role: text({ enum: roles }).notNull(),
    authorityId: text()
      .notNull()
      .references(() => authorities.id, { onDelete: "cascade" }),
    /** Hexadecimal. */
    serial: text().notNull(),
    expiresAt: moment().notNull(),
    revokedAt: moment(),
    createdAt: createdAt(),
  },
  (table) => [index("client_certificates_environment").on(table.environmentId)],
);
