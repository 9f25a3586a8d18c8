import { PgBoss } from "pg-boss";
import { requiredUrl } from "#lib/db/client.ts";
import { isOutage } from "#lib/db/outage.ts";
import { log } from "#lib/log.ts";
import { queues } from "./queues.ts";

let starting: Promise<PgBoss> | undefined;

/** This process's queue for sending: supervises nothing, and opens two connections at the most. */
export function sender(): Promise<PgBoss> {
  starting ??= open({ max: 2, supervise: false, migrate: false }).catch((error) => {
    starting = undefined;
    throw error;
  });
  return starting;
}

/** A queue that also works, keeps house, and is woken by Postgres when a job arrives. */
export const worker = (): Promise<PgBoss> =>
  open({
    max: 6,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    maintenanceIntervalSeconds: 60,
    useListenNotify: true,
  });

/** Makes the queue's own tables and the queues; run where migrations run. */
export async function installQueues(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, max: 1, supervise: false, schedule: false });
  boss.on("error", (error) => log.warn(told(error), "queue"));
  await boss.start();
  for (const [name, options] of Object.entries(queues)) {
    if (await boss.getQueue(name)) {
      const { policy: _, ...changeable } = options;
      await boss.updateQueue(name, changeable);
    } else await boss.createQueue(name, options);
  }
  await boss.stop({ graceful: false });
}

export async function closeSender(): Promise<void> {
  const closing = starting;
  starting = undefined;
  await (await closing)?.stop({ graceful: false });
}

async function open(options: Partial<ConstructorParameters<typeof PgBoss>[0] & object>): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: requiredUrl(),
    schedule: false,
    application_name: "cloudhero-queue",
    ...options,
  });
  boss.on("error", (error) => log.warn(told(error), "queue"));
  await boss.start();
  return boss;
}

/** A database that went away, as it does when the server stops, needs no stack. */
const told = (error: Error) => (isOutage(error) ? { reason: error.message } : { err: error });
