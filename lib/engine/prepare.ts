import { and, eq, sql } from "drizzle-orm";
import { environments, nodes } from "#drizzle/schema/index.ts";
import type { Database } from "#lib/db/client.ts";
import { appendEvents } from "#lib/db/events.ts";
import { messageOf } from "#lib/errors.ts";
import { ProviderError } from "#lib/providers/provider.ts";
import { cloudOf } from "#lib/providers/sealed.ts";
import { enqueueReconcile } from "#lib/queue/enqueue.ts";
import { ensureKeyPair } from "./keys.ts";
import { type Loaded, load } from "./load.ts";
import { environmentSpec } from "./spec.ts";
import { backOff, noteTrouble, restMs } from "./trouble.ts";
import { isWishedToRun, Superseded, whileWished } from "./watch.ts";

const timeoutMs = 30 * 60_000;
/** With the pauses between them, these wait out a cloud that is away for half an hour. */
const failuresAtMost = 100;
const longestPauseMs = 20_000;

/** Makes what an environment's servers stand on. After a failure that may pass, the next round has it tried again. */
export async function prepare(db: Database, environmentId: string, outer: AbortSignal): Promise<void> {
  const loaded = await load(db, environmentId);
  if (!loaded) return;
  if (restMs(loaded) > 0 || !(await begin(db, loaded))) return end(db, loaded, {});
  try {
    await build(db, loaded, AbortSignal.any([outer, AbortSignal.timeout(timeoutMs)]));
    await end(db, loaded, { prepared: true, prepareFailures: 0, lastError: null });
  } catch (error) {
    if (error instanceof Superseded) return end(db, loaded, {});
    await fail(db, loaded, error);
  }
}

async function build(db: Database, loaded: Loaded, signal: AbortSignal): Promise<void> {
  const { environment, provider } = loaded;
  environment.publicKey = await ensureKeyPair(db, environment);
  const spec = await environmentSpec(db, loaded);
  const wished = () => isWishedToRun(db, environment.id);
  await whileWished(environment.id, wished, signal, async (until) => {
    await cloudOf(provider).prepare(spec, (message) => report(db, environment.id, message), until);
    until.throwIfAborted();
  });
}

function report(db: Database, environmentId: string, message: string): void {
  appendEvents(db, environmentId, [{ kind: "log", message }]).catch(() => {});
}

/** Marks the work begun, for a deletion to wait for; false where it is not wished any more. */
async function begin(db: Database, { environment }: Loaded): Promise<boolean> {
  const wished = and(
    eq(environments.id, environment.id),
    eq(environments.wish, "run"),
    eq(environments.prepared, false),
  );
  const begun = { preparingSince: new Date(), begunAt: sql`coalesce(${environments.begunAt}, now())` };
  return (await db.update(environments).set(begun).where(wished).returning({ id: environments.id })).length > 0;
}

/** Has the next round begun after `delayMs`. A wish that changed in the meantime is prepared for anew. */
async function end(
  db: Database,
  { environment }: Loaded,
  change: Partial<Loaded["environment"]>,
  delayMs = 0,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [now] = await tx.select().from(environments).where(eq(environments.id, environment.id)).for("no key update");
    if (!now) return;
    const current = now.generation === environment.generation ? change : {};
    await tx
      .update(environments)
      .set({ ...current, preparingSince: null })
      .where(eq(environments.id, environment.id));
    await enqueueReconcile(tx, environment.id, now.generation === environment.generation ? delayMs : 0);
  });
}

async function fail(db: Database, loaded: Loaded, error: unknown): Promise<void> {
  const { environment } = loaded;
  await noteTrouble(db, loaded, error);
  const prepareFailures = environment.prepareFailures + 1;
  const passing = !(error instanceof ProviderError) || error.retryable || error.code === "unauthorized";
  const pauseMs = Math.max(backOff(error), Math.min(backOff(error) * 2 ** environment.prepareFailures, longestPauseMs));
  if (passing && prepareFailures < failuresAtMost) return end(db, loaded, { prepareFailures }, pauseMs);
  const failed = { state: "failed", error: messageOf(error), stateSince: new Date() } as const;
  const waiting = and(eq(nodes.environmentId, environment.id), eq(nodes.state, "pending"));
  await db.update(nodes).set(failed).where(waiting);
  await end(db, loaded, { prepareFailures });
}
