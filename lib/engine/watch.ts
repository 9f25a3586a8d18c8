import { eq } from "drizzle-orm";
import { environments, nodes } from "#drizzle/schema/index.ts";
import type { Database } from "#lib/db/client.ts";
import { onEvents } from "#lib/db/events.ts";

const lookEveryMs = 3_000;

/** Thrown into work that nobody wishes any more. */
export class Superseded extends Error {
  constructor() {
    super("The wish has changed.");
    this.name = "Superseded";
  }
}

/** Runs `work` with a signal that aborts as soon as `wished` is no longer so, and when `outer` does. */
export async function whileWished<T>(
  environmentId: string,
  wished: () => Promise<boolean>,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const changed = new AbortController();
  const look = () => {
    wished().then(
      (still) => still || changed.abort(new Superseded()),
      () => {},
    );
  };
  const stop = await onEvents(environmentId, look);
  const timer = setInterval(look, lookEveryMs);
  try {
    return await work(AbortSignal.any([outer, changed.signal]));
  } finally {
    clearInterval(timer);
    stop();
  }
}

/** Whether an environment is wished to run. */
export async function isWishedToRun(db: Database, environmentId: string): Promise<boolean> {
  const [row] = await db
    .select({ wish: environments.wish })
    .from(environments)
    .where(eq(environments.id, environmentId));
  return row?.wish === "run";
}

/** Whether a node is to be installed on the server of this attempt. */
export async function isToBeInstalled(db: Database, nodeId: string, attempt: string): Promise<boolean> {
  const [row] = await db
    .select({ wish: environments.wish, node: nodes })
    .from(nodes)
    .innerJoin(environments, eq(environments.id, nodes.environmentId))
    .where(eq(nodes.id, nodeId));
  return row?.wish === "run" && row.node.state === "installing" && row.node.attempt === attempt && !row.node.removal;
}
