import { integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id, moment, sealed } from "./columns.ts";
import { environments } from "./environments.ts";

/** Who signs certificates: for an environment's nodes and their clients, or, where `environmentId` is null, for our own endpoint. */
export const authorities = pgTable(
  "authorities",
  {
    id: id(),
    environmentId: text().references(() => environments.id, { onDelete: "cascade" }),
    /** The next one is made well before the last one ends. */
    turn: integer().notNull(),
    /** PEM. */
    certificate: text().notNull(),
    privateKey: sealed().notNull(),
    expiresAt: moment().notNull(),
    createdAt: createdAt(),
  },
  (table) => [unique("authorities_turn").on(table.environmentId, table.turn).nullsNotDistinct()],
);
