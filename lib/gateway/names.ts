import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, lt, sql } from "drizzle-orm";
import { containerNames } from "#drizzle/schema/index.ts";
import { log } from "#lib/log.ts";
import type { Call } from "./call.ts";
import { enginesWith } from "./locate.ts";
import { Refusal } from "./refusal.ts";

const holdSeconds = 90;
const pauseMs = 50;
const triesAtMost = 200;

/**
 * Holds a container's name in a cluster while it is made or given, so that of two who want it at once one is made to
 * wait, and then finds it taken. Answers how to let go. Throws Refusal 409 after 10 s.
 */
export const holdName = (call: Call, name: string): Promise<() => void> =>
  hold(call, name, `Conflict. The container name "/${name}" is being taken by another request.`);

/**
 * Holds the names of those volumes that no node has yet, so that of two containers that bring a volume with them at once
 * the second is made where the first made it. Answers how to let go. Throws Refusal 409 after 10 s.
 */
export async function holdNewVolumes(call: Call, names: string[]): Promise<() => void> {
  if (call.cluster.engines.length < 2) return () => {};
  const held: (() => void)[] = [];
  const release = () => {
    for (const letGo of held) letGo();
  };
  const isThere = async (name: string) => (await enginesWith(call, "volumes", name)).engines.length > 0;
  try {
    // Always in the same order: nobody waits for one who waits for them.
    for (const name of names.toSorted()) {
      if (await isThere(name)) continue;
      const letGo = await hold(call, `volume:${name}`, `The volume ${name} is being made by another request.`);
      if (await isThere(name)) letGo();
      else held.push(letGo);
    }
  } catch (error) {
    release();
    throw error;
  }
  return release;
}

/** `key` is one in the cluster; a container's name has no colon. */
async function hold(call: Call, key: string, refusal: string): Promise<() => void> {
  const { db, cluster } = call;
  const mine = and(eq(containerNames.environmentId, cluster.environmentId), eq(containerNames.name, key));
  const heldUntil = sql`now() + make_interval(secs => ${holdSeconds})` as unknown as Date;
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const held = await db
      .insert(containerNames)
      .values({ environmentId: cluster.environmentId, name: key, heldUntil })
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
  throw new Refusal(409, refusal);
}
