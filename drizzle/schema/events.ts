import { bigserial, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { environments } from "./environments.ts";

export const eventKinds = ["environment", "node", "step", "log", "notice"] as const;
export type EventKind = (typeof eventKinds)[number];

/** What happened to an environment, in order; the live view is this table, followed. */
export const events = pgTable(
  "events",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    environmentId: text()
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    nodeName: text(),
    kind: text({ enum: eventKinds }).notNull(),
    /** A sentence, or a line of output. */
    message: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>(),
    at: createdAt(),
  },
  (table) => [index("events_environment").on(table.environmentId, table.id)],
);
