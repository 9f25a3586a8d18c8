import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, id, moment, sealed } from "./columns.ts";
import { organisations } from "./organisations.ts";

/** An address that is told what happens to the organisation's environments. */
export const webhooks = pgTable(
  "webhooks",
  {
    id: id(),
    organisationId: text()
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    name: text().notNull(),
    url: text().notNull(),
    /** Signs each delivery. */
    secret: sealed().notNull(),
    /** What it is told of; empty: everything. */
    events: text().array().notNull().default([]),
    enabled: boolean().notNull().default(true),
    /** Why nothing is sent to it any more, where nobody asked for that. */
    reason: text(),
    /** Signs beside the new one for a while after a rotation, so that receivers can follow. */
    previousSecret: sealed(),
    previousUntil: moment(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("webhooks_name").on(table.organisationId, sql`lower(${table.name})`)],
);

/** One try: when it began (ISO), what was answered, how long it took. */
export type DeliveryTry = { at: string; status: number | null; error: string | null; durationMs: number };

export const deliveryStates = ["pending", "delivered", "failed"] as const;

/** One thing told to one webhook: written in the transaction in which it happened, then sent until it is taken. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: id(),
    webhookId: text()
      .notNull()
      .references(() => webhooks.id, { onDelete: "cascade" }),
    event: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    state: text({ enum: deliveryStates }).notNull().default("pending"),
    /** How often it was tried since it was last asked for. */
    attempts: integer().notNull().default(0),
    /** Each try, oldest first; the last ones alone. */
    tries: jsonb().$type<DeliveryTry[]>().notNull().default([]),
    /** When it is tried next; null: never again. */
    dueAt: moment(),
    /** HTTP status of the last answer; null: there was none. */
    status: integer(),
    error: text(),
    /** How long the last attempt took. */
    durationMs: integer(),
    deliveredAt: moment(),
    createdAt: createdAt(),
  },
  (table) => [
    index("webhook_deliveries_webhook").on(table.webhookId, table.id),
    index("webhook_deliveries_due").on(table.dueAt).where(sql`${table.state} = 'pending'`),
  ],
);
