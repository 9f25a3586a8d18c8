import { sql } from "drizzle-orm";
import { fromDrizzle } from "pg-boss";
import type { Queryable } from "#lib/context.ts";
import { sender } from "./boss.ts";

/** Has an environment reconciled after `delayMs`; what waits for it already is moved to that time. Commits with `tx`. */
export async function enqueueReconcile(tx: Queryable, environmentId: string, delayMs = 0): Promise<void> {
  const boss = await sender();
  const options = { singletonKey: environmentId, startAfter: new Date(Date.now() + delayMs), db: fromDrizzle(tx, sql) };
  await boss.upsert("reconcile", { environmentId }, options);
}

/** Has an environment's ground prepared, unless that waits or runs already. Commits with `tx`. */
export async function enqueuePrepare(tx: Queryable, environmentId: string): Promise<void> {
  const boss = await sender();
  await boss.send("prepare", { environmentId }, { singletonKey: environmentId, db: fromDrizzle(tx, sql) });
}

/** Has a node's packages installed, unless that waits or runs already. Commits with `tx`. */
export async function enqueueInstall(tx: Queryable, nodeId: string): Promise<void> {
  const boss = await sender();
  await boss.send("install", { nodeId }, { singletonKey: nodeId, db: fromDrizzle(tx, sql) });
}

/** Has a Docker cluster looked after, unless that waits or runs already. Commits with `tx`. */
export async function enqueueCluster(tx: Queryable, environmentId: string): Promise<void> {
  const boss = await sender();
  await boss.send("cluster", { environmentId }, { singletonKey: environmentId, db: fromDrizzle(tx, sql) });
}
