import { and, asc, eq, lt, lte, ne, sql } from "drizzle-orm";
import { webhookDeliveries } from "#drizzle/schema/index.ts";
import type { Database } from "#lib/db/client.ts";
import { enqueueDelivery } from "#lib/queue/enqueue.ts";

const batch = 500;

/** Has every delivery tried that is due and that no job is waiting for: one just written down, or one whose job was lost. */
export async function sweepDeliveries(db: Database): Promise<void> {
  const noJob = sql`not exists (select 1 from pgboss.job where name = 'deliver'
    and singleton_key = ${webhookDeliveries.id} and state in ('created', 'retry', 'active'))`;
  const waiting = await db
    .select({ id: webhookDeliveries.id, webhookId: webhookDeliveries.webhookId })
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.state, "pending"), lte(webhookDeliveries.dueAt, sql`now()`), noJob))
    .orderBy(asc(webhookDeliveries.dueAt))
    .limit(batch);
  for (const delivery of waiting) await db.transaction((tx) => enqueueDelivery(tx, delivery));
}

/** Forgets deliveries that are a month old and waited for by nobody. */
export async function forgetDeliveries(db: Database): Promise<void> {
  const old = lt(webhookDeliveries.createdAt, sql`now() - interval '30 days'`);
  await db.delete(webhookDeliveries).where(and(ne(webhookDeliveries.state, "pending"), old));
}
