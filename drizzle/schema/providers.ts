import { sql } from "drizzle-orm";
import { jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { ProviderType } from "#lib/providers/provider.ts";
import { createdAt, id, moment, sealed } from "./columns.ts";
import { organisations } from "./organisations.ts";

export const providers = pgTable(
  "providers",
  {
    id: id(),
    organisationId: text()
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    type: text().$type<ProviderType>().notNull(),
    name: text().notNull(),
    /** The key of its servers in answers: ACCOUNT-USER-aws-ec2. */
    alias: text().notNull(),
    /** Settings that are no secrets. */
    settings: jsonb().$type<Record<string, string>>().notNull(),
    /** The secret settings as JSON. */
    secrets: sealed().notNull(),
    /** Whose its credentials are, in the cloud's own words; null: not known before they are tried again. */
    account: text(),
    /** Why the cloud refuses its credentials; null while it takes them. */
    trouble: text(),
    /** What the credentials were found not to be allowed when they were tried last, in the cloud's own names. */
    missingPermissions: text().array().notNull().default([]),
    /** The cloud asked to be left alone until then; no worker calls it before. */
    throttledUntil: moment(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("providers_name").on(table.organisationId, table.type, sql`lower(${table.name})`)],
);
