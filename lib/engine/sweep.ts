import { and, isNull, lt, sql } from "drizzle-orm";
import { environments, idempotency, workers } from "#drizzle/schema/index.ts";
import type { Database } from "#lib/db/client.ts";
import { enqueueReconcile } from "#lib/queue/enqueue.ts";

/** Has every living environment reconciled that no job is waiting for; what a lost job forgot is remembered here. */
export async function sweepForgotten(db: Database): Promise<void> {
  const forgotten = await db
    .select({ id: environments.id })
    .from(environments)
    .where(
      and(
        isNull(environments.deletedAt),
        sql`not exists (select 1 from pgboss.job where name = 'reconcile' and singleton_key = ${environments.id} and state in ('created', 'retry', 'active'))`,
      ),
    )
    .limit(500);
  for (const { id } of forgotten) await db.transaction((tx) => enqueueReconcile(tx, id));
}

/** Shows that this worker lives; forgets those that have not for an hour. */
export async function showLife(db: Database, workerId: string, host: string): Promise<void> {
  const seenAt = sql`now()`;
  await db.insert(workers).values({ id: workerId, host }).onConflictDoUpdate({ target: workers.id, set: { seenAt } });
  await db.delete(workers).where(lt(workers.seenAt, sql`now() - interval '1 hour'`));
}

/** Rows that have served: environments deleted over a day ago, answers kept for repeated requests, old failures. */
export async function sweepOld(db: Database): Promise<void> {
  await db.delete(environments).where(lt(environments.deletedAt, sql`now() - interval '1 day'`));
  await db.delete(idempotency).where(lt(idempotency.createdAt, sql`now() - interval '1 day'`));
  await db
    .delete(idempotency)
    .where(and(isNull(idempotency.status), lt(idempotency.createdAt, sql`now() - interval '20 minutes'`)));
}
