import { eq } from "drizzle-orm";
import { environments } from "#drizzle/schema/index.ts";
import type { Database } from "#lib/db/client.ts";
import { log } from "#lib/log.ts";
import { isAtRest } from "#lib/model/states.ts";
import type { Provider } from "#lib/providers/provider.ts";
import { cloudOf } from "#lib/providers/sealed.ts";
import { enqueueReconcile } from "#lib/queue/enqueue.ts";
import { act } from "./act.ts";
import { commitRound } from "./commit.ts";
import { ensureKeyPair } from "./keys.ts";
import { type Loaded, load } from "./load.ts";
import { observe } from "./observe.ts";
import { release } from "./release.ts";
import { backOff, clearTrouble, noteTrouble, restMs } from "./trouble.ts";
import type { NodeRow } from "./types.ts";

/** How soon a round follows one after which servers move, and one after which all is as wished. */
const movingMs = 1_500;
const restingMs = 10_000;
/** How old a shared listing may be in either case. */
const movingAgeMs = 1_000;
const restingAgeMs = 8_000;
const busyMs = 400;

/**
 * One round of making the cloud match an environment's wish: observe, decide, act once, reschedule. May be cut off at any line, and
 * run again at any time; rounds of one environment never overlap.
 */
export async function reconcile(db: Database, environmentId: string): Promise<void> {
  const loaded = await load(db, environmentId);
  if (!loaded || loaded.environment.deletedAt) return;
  const delayMs = await round(db, loaded).catch(async (error) => {
    await noteTrouble(db, loaded, error);
    log.warn({ environment: environmentId, err: error }, "a round failed");
    return backOff(error);
  });
  if (delayMs !== null) await again(db, environmentId, loaded.environment.generation, delayMs);
}

/** Answers after how many milliseconds the next round is due; null: never. */
async function round(db: Database, loaded: Loaded): Promise<number | null> {
  const { environment, provider } = loaded;
  const leftAloneMs = restMs(loaded);
  if (leftAloneMs > 0) return leftAloneMs + Math.random() * busyMs;
  const cloud = cloudOf(provider);
  environment.publicKey = await ensureKeyPair(db, environment);
  const maxAgeMs = isCalm(loaded) ? restingAgeMs : movingAgeMs;
  const listing = await observe(db, provider, cloud, environment.region, maxAgeMs);
  if (!listing) return busyMs;
  await clearTrouble(db, loaded);
  const committed = await commitRound(db, loaded, listing, cloud.traits);
  if (!committed) return 0;
  await act(db, { ...loaded, ...committed }, cloud);
  if (committed.environment.state === "deleting" && committed.nodes.every((node) => node.state === "deleted"))
    return endEnvironment(db, { ...loaded, ...committed }, cloud);
  return isCalm(committed) ? restingMs : movingMs;
}

/** Nothing moves: no node goes alone, and no server is missing that a second look may find. Pure. */
export function isCalm({ environment, nodes }: Pick<Loaded, "environment" | "nodes">): boolean {
  const moves = ({ state, missingSince }: NodeRow) => state === "deleting" || (missingSince && state !== "failed");
  return isAtRest(environment.state) && !nodes.some(moves);
}

async function endEnvironment(db: Database, loaded: Loaded, cloud: Provider): Promise<number | null> {
  return (await release(db, loaded, cloud)) ? null : movingMs;
}

/** The next round at its time; at once where a newer wish came in the meantime. */
async function again(db: Database, environmentId: string, generation: number, delayMs: number): Promise<void> {
  await db.transaction(async (tx) => {
    const [now] = await tx
      .select({ generation: environments.generation })
      .from(environments)
      .where(eq(environments.id, environmentId))
      .for("no key update");
    if (now) await enqueueReconcile(tx, environmentId, now.generation === generation ? delayMs : 0);
  });
}
