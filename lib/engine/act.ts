import { eq } from "drizzle-orm";
import { environments, nodes } from "#drizzle/schema/index.ts";
import type { Database } from "#lib/db/client.ts";
import { appendEvents } from "#lib/db/events.ts";
import { randomHex } from "#lib/ids.ts";
import { deletedName } from "#lib/model/names.ts";
import { type EnvironmentSpec, type Launched, type Provider, ProviderError } from "#lib/providers/provider.ts";
import { authorizedKeys } from "./keys.ts";
import type { Loaded } from "./load.ts";
import type { Round } from "./round.ts";
import { environmentSpec, serverSpec } from "./spec.ts";
import type { Action, NodeRow } from "./types.ts";

const actionTimeoutMs = 60_000;

/** Makes the calls that a round decided on, all at once; what fails is decided on again. Throws the first error, when all have ended. */
export async function act(
  db: Database,
  loaded: Loaded & Pick<Round, "tasks" | "strays" | "misnamed">,
  cloud: Provider,
): Promise<void> {
  const { environment, tasks, strays, misnamed } = loaded;
  const { region } = environment;
  const signal = AbortSignal.timeout(actionTimeoutMs);
  const of = (action: Action) => tasks.filter((task) => task.action === action).map(({ node }) => node);
  const ids = (action: Action) => of(action).flatMap(({ serverId }) => serverId ?? []);
  const doomed = of("destroy").flatMap(({ serverId: id, hostname, deletedName }) =>
    id ? [{ id, newName: deletedName ?? hostname }] : [],
  );
  doomed.push(...strays.map(({ id, name }) => ({ id, newName: deletedName(name, randomHex(128)) })));
  const ended = await Promise.allSettled([
    launch(db, loaded, cloud, of("launch")),
    ids("stop").length > 0 && cloud.stop(region, ids("stop"), signal),
    ids("start").length > 0 && cloud.start(region, ids("start"), signal),
    doomed.length > 0 && cloud.destroy(region, doomed, signal),
    misnamed.length > 0 && cloud.rename?.(region, misnamed, signal),
  ]);
  const failed = ended.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

async function launch(db: Database, loaded: Loaded, cloud: Provider, launching: NodeRow[]): Promise<void> {
  if (launching.length === 0) return;
  const spec = await environmentSpec(db, loaded);
  const keys = await authorizedKeys(db, loaded.environment);
  for (let start = 0; start < launching.length; start += cloud.traits.launchBatch) {
    const batch = launching.slice(start, start + cloud.traits.launchBatch);
    const launched = await launchBatch(cloud, spec, batch, keys, AbortSignal.timeout(actionTimeoutMs));
    for (const result of launched) await record(db, batch, result);
  }
}

/** A refusal of the whole batch that no repetition mends is each node's own. */
async function launchBatch(
  cloud: Provider,
  spec: EnvironmentSpec,
  batch: NodeRow[],
  keys: string[],
  signal: AbortSignal,
): Promise<Launched[]> {
  try {
    return await cloud.launch(
      spec,
      batch.map((node) => serverSpec(node, keys)),
      signal,
    );
  } catch (error) {
    if (!(error instanceof ProviderError) || error.retryable || error.code === "unauthorized") throw error;
    return batch.map((node) => ({ attempt: node.attempt!, error }));
  }
}

/** An id is persisted the moment it is known; an attempt that will never make a server is given up. */
async function record(db: Database, batch: NodeRow[], result: Launched): Promise<void> {
  const node = batch.find(({ attempt }) => attempt === result.attempt);
  if (!node) return;
  const mine = eq(nodes.attempt, result.attempt);
  if ("id" in result) {
    await db.update(nodes).set({ serverId: result.id }).where(mine);
    return;
  }
  const { code, message, retryable } = result.error;
  const state = retryable ? "pending" : "failed";
  await db.transaction(async (tx) => {
    const given = { attempt: null, attemptAt: null, error: message, stateSince: new Date(), state } as const;
    const changed = await tx.update(nodes).set(given).where(mine).returning({ id: nodes.id });
    // A round tells what it decides; this it only finds.
    if (state === "failed" && changed.length > 0)
      await appendEvents(tx, node.environmentId, [
        { kind: "node", nodeName: node.name, message: `${node.name} is failed: ${message}`, data: { state } },
      ]);
  });
  // What the servers stand on has gone, or never stood: it is made again before the next attempt.
  if (code === "conflict")
    await db.update(environments).set({ prepared: false }).where(eq(environments.id, node.environmentId));
}
