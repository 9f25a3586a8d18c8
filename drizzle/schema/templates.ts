import { sql } from "drizzle-orm";
import { jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { TemplateNode } from "#lib/model/templates.ts";
import { createdAt, id } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { users } from "./users.ts";

/** Servers that a team makes again and again: what an environment's form begins with. */
export const templates = pgTable(
  "templates",
  {
    id: id(),
    organisationId: text()
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    createdBy: text().references(() => users.id, { onDelete: "set null" }),
    name: text().notNull(),
    description: text().notNull().default(""),
    nodes: jsonb().$type<TemplateNode[]>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("templates_name").on(table.organisationId, sql`lower(${table.name})`)],
);
