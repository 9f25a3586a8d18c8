import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, lt, sql } from "drizzle-orm";
import { containerNames } from "#drizzle/schema/index.ts";
import { log } from "#lib/log.ts";
import type { Call } from "./call.ts";
import { Refusal } from "./refusal.ts";

const holdSeconds = 90;
const pauseMs = 50;
const triesAtMost = 200;

/**
 * Holds a container's name in a cluster while it is made or given, so that of two who want it at once one is made to
 * wait, and then finds it taken. Answers how to let go. Throws Refusal 409 after 10 s.
 */
export async function holdName(call: Call, name: string): Promise<() => void> {
  const { db, cluster } = call;
  const mine = and(eq(containerNames.environmentId, cluster.environmentId), eq(containerNames.name, name));
  const heldUntil = sql`now() + make_interval(secs => ${holdSeconds})` as unknown as Date;
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const held = await db
      .insert(containerNames)
      .values({ environmentId: cluster.environmentId, name, heldUntil })
      .onConflictDoUpdate({
        target: [containerNames.environmentId, containerNames.name],
        set: { heldUntil },
        setWhere: lt(containerNames.heldUntil, sql`now()`),
      })
      .returning({ name: containerNames.name });
    if (held.length > 0)
      return () =>
        void db
          .delete(containerNames)
          .where(mine)
          .catch((error) => log.warn({ err: error }, "a name was not let go"));
    await sleep(pauseMs, undefined, { signal: call.signal });
  }
  throw new Refusal(409, `Conflict. The container name "/${name}" is being taken by another request.`);
}
