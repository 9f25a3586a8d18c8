import { sql } from "drizzle-orm";
import { fromDrizzle } from "pg-boss";
import { config } from "#lib/config.ts";
import type { Queryable } from "#lib/context.ts";
import type { Letter } from "#lib/model/letter.ts";
import { mailPlace } from "#lib/model/places.ts";
import { vault } from "#lib/vault.ts";
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

/** Has a letter mailed, where the operator has a mail server. It may hold a link that is worth something, so it waits sealed. Commits with `tx`. */
export async function enqueueMail(tx: Queryable, letter: Letter): Promise<void> {
  if (!config().smtpUrl) return;
  const boss = await sender();
  const sealed = vault().seal(JSON.stringify(letter), mailPlace);
  await boss.send("mail", { sealed }, { db: fromDrizzle(tx, sql) });
}

/** Has a link for a new password mailed to whom this address is, if anybody. Commits with `tx`. */
export async function enqueueReset(tx: Queryable, email: string): Promise<void> {
  const boss = await sender();
  await boss.send("reset", { email }, { db: fromDrizzle(tx, sql) });
}

/** Has a webhook's delivery tried after `delayMs`; what waits for it already is moved to that time. Commits with `tx`. */
export async function enqueueDelivery(
  tx: Queryable,
  { id, webhookId }: { id: string; webhookId: string },
  delayMs = 0,
): Promise<void> {
  const boss = await sender();
  const startAfter = new Date(Date.now() + delayMs);
  const options = { singletonKey: id, group: { id: webhookId }, startAfter, db: fromDrizzle(tx, sql) };
  await boss.upsert("deliver", { deliveryId: id }, options);
}
