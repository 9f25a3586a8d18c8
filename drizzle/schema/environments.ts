import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { type ImageName, networkChoices } from "#lib/model/launch.ts";
import type { Schedule } from "#lib/model/schedule.ts";
import { environmentStates, type Wish } from "#lib/model/states.ts";
import { applications } from "./applications.ts";
import { createdAt, id, moment, sealed } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { providers } from "./providers.ts";
import { users } from "./users.ts";

export const environments = pgTable(
  "environments",
  {
    id: id(),
    organisationId: text()
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    applicationId: text()
      .notNull()
      .references(() => applications.id),
    providerId: text()
      .notNull()
      .references(() => providers.id),
    createdBy: text().references(() => users.id, { onDelete: "set null" }),
    name: text().notNull(),
    /** What clouds call its network, key and firewall. */
    label: text().notNull(),
    region: text().notNull(),
    /** What servers start from; null: what the provider's settings say. */
    image: text().$type<ImageName>(),
    /** Where servers are placed in the region; both null: where the provider's settings say. */
    network: text({ enum: networkChoices }),
    subnet: text(),
    /** Size of a server's own disk in GiB; null: what the provider's settings say. */
    diskGib: integer(),
    wish: text().$type<Wish>().notNull().default("run"),
    /** Counts the wishes; what was decided under an older one is decided again. */
    generation: integer().notNull().default(1),
    heal: boolean().notNull().default(false),
    /** It cannot be deleted until somebody says otherwise. */
    protected: boolean().notNull().default(false),
    /** The hours in which it runs; null: always. */
    schedule: jsonb().$type<Schedule>(),
    /** When the schedule starts or stops it next. */
    scheduleDueAt: moment(),
    /** When it is deleted by itself; null: never. */
    expiresAt: moment(),
    /** Up to when those who care know of that: when it was set, or what was announced last. */
    expiryWarnedAt: moment(),
    state: text({ enum: environmentStates }).notNull().default("pending"),
    lastError: text(),
    /** The key pair that CloudHero logs in with; made before the first launch. */
    publicKey: text(),
    privateKey: sealed(),
    /** Network, key and firewall stand as wished. */
    prepared: boolean().notNull().default(false),
    /** A worker is making them, or has died at it and will be followed. */
    preparingSince: moment(),
    /** How often in a row that failed. */
    prepareFailures: integer().notNull().default(0),
    /** Set before the first call: from then on the cloud may hold something of ours. */
    begunAt: moment(),
    /** What keeps its Docker cluster from being whole, and what to do about it; null: nothing. */
    clusterTrouble: text(),
    /** When that was first so. */
    clusterTroubleAt: moment(),
    /** When its Docker cluster was last looked at. */
    clusterSeenAt: moment(),
    deletedAt: moment(),
    changedAt: createdAt(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("environments_name")
      .on(table.applicationId, sql`lower(${table.name})`)
      .where(sql`${table.deletedAt} is null`),
    index("environments_organisation").on(table.organisationId, table.id),
    index("environments_place").on(table.providerId, table.region),
    index("environments_schedule").on(table.scheduleDueAt).where(sql`${table.scheduleDueAt} is not null`),
    index("environments_expiry").on(table.expiresAt).where(sql`${table.expiresAt} is not null`),
  ],
);
