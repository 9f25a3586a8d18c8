import { index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { nodeStates } from "#lib/model/states.ts";
import type { CloudStateName } from "#lib/model/transitions.ts";
import type { Ingress } from "#lib/model/wishes.ts";
import type { Endpoint } from "#lib/providers/provider.ts";
import { createdAt, id, moment, sealed } from "./columns.ts";
import { environments } from "./environments.ts";

export type NodeProgress = { step: number; steps: number; title: string };

export const nodes = pgTable(
  "nodes",
  {
    id: id(),
    environmentId: text()
      .notNull()
      .references(() => environments.id, { onDelete: "cascade" }),
    /** The order in which the team named them. */
    position: integer().notNull(),
    name: text().notNull(),
    /** The server's full name, a legal hostname. */
    hostname: text().notNull(),
    size: text().notNull(),
    packages: text().array().notNull(),
    expose: jsonb().$type<Ingress[]>().notNull().default([]),
    /** The team wants this node gone for good, or its server replaced by a new one. */
    removal: text({ enum: ["prune", "remake"] }),
    state: text({ enum: nodeStates }).notNull().default("pending"),
    error: text(),
    /** What was found that nobody wished, and no worker mended. */
    drift: text({ enum: ["missing", "stopped", "untagged"] }),
    progress: jsonb().$type<NodeProgress>(),
    /** Launch token of the attempt under way or done; persisted before the cloud is called. */
    attempt: text(),
    attemptAt: moment(),
    attempts: integer().notNull().default(0),
    /** The cloud's id of the server; known from the launch or found by the attempt. */
    serverId: text(),
    /** When the server was first missing from a listing. */
    missingSince: moment(),
    /** What the last listing said of it. */
    observed: text().$type<CloudStateName>(),
    observedAt: moment(),
    image: text(),
    publicIp: text(),
    privateIp: text(),
    zone: text(),
    endpoints: jsonb().$type<Record<string, Endpoint>>().notNull().default({}),
    /** The state since when: time limits are measured from here. */
    stateSince: createdAt(),
    /** When the cloud was last asked to do something to it. */
    actedAt: moment(),
    /** Hash of the plan that was installed last; null: nothing yet. */
    installedPlan: text(),
    /** The packages installed last, so that those left out are switched off. */
    installedPackages: text().array().notNull().default([]),
    installFailures: integer().notNull().default(0),
    installRetryAt: moment(),
    /** First host key, made by us; sealed, and dropped once the server has its own. */
    firstHostKey: sealed(),
    firstHostPublicKey: text(),
    hostKey: text(),
    nextHostKey: text(),
    /** What its port 4000 was given last (names, authorities, revoked certificates), as a hash; null: nothing yet. */
    front: text(),
    frontExpiresAt: moment(),
    /** Its id in the environment's swarm, and the address that it is known by there. */
    swarmId: text(),
    swarmAddress: text(),
    /** `name`-DEL…, chosen with the wish to delete. */
    deletedName: text(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("nodes_name").on(table.environmentId, table.name), index("nodes_server").on(table.serverId)],
);
