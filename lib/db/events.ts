import { sql } from "drizzle-orm";
import type { EventKind } from "#drizzle/schema/index.ts";
import type { Queryable } from "#lib/context.ts";
import { driver } from "./client.ts";
import { writeDeliveries } from "./deliveries.ts";

export type NewEvent = {
  kind: EventKind;
  message: string;
  nodeName?: string;
  data?: Record<string, unknown>;
};

const channel = "cloudhero_events";

/**
 * Writes what happened to an environment, and what webhooks are to be told of it, and wakes those who follow, all when
 * `db` commits. One transaction at a
 * time writes an environment's: ids are given out in the order of commits, so that who has read up to one has missed none
 * before it. Call it after the locks on rows are taken, for nobody may wait for a row while holding this.
 */
export async function appendEvents(db: Queryable, environmentId: string, happened: NewEvent[]): Promise<void> {
  if (happened.length === 0) return;
  const rows = happened.map((event) => ({ ...event, message: event.message.replaceAll("\0", "\ufffd") }));
  await writeDeliveries(db, environmentId, rows);
  await db.execute(sql`
    with turn as materialized (select pg_advisory_xact_lock(727278, hashtext(${environmentId})))
    insert into events (environment_id, node_name, kind, message, data)
    select ${environmentId}, happened.node_name, happened.kind, happened.message, happened.data
    from turn, rows from (
      jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as ("nodeName" text, kind text, message text, data jsonb)
    ) with ordinality as happened(node_name, kind, message, data, place_in_list)
    order by happened.place_in_list`);
  await db.execute(sql`select pg_notify(${channel}, ${environmentId})`);
}

type Listener = () => void;
const listeners = new Map<string, Set<Listener>>();
let listening: Promise<unknown> | undefined;

/** Calls `listener` after each commit of events of this environment; answers how to stop. A lost connection is a call too. */
export async function onEvents(environmentId: string, listener: Listener): Promise<() => void> {
  listening ??= driver()
    .listen(
      channel,
      (id) => wake(listeners.get(id)),
      () => {
        for (const all of listeners.values()) wake(all);
      },
    )
    .catch((error) => {
      listening = undefined;
      throw error;
    });
  await listening;
  const mine = listeners.get(environmentId) ?? new Set();
  listeners.set(environmentId, mine.add(listener));
  return () => {
    mine.delete(listener);
    if (mine.size === 0) listeners.delete(environmentId);
  };
}

function wake(all: Set<Listener> | undefined): void {
  for (const listener of all ?? []) listener();
}

/** How many in this process follow an environment. */
export const followers = (environmentId: string): number => listeners.get(environmentId)?.size ?? 0;
