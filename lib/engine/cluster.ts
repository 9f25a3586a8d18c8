import { and, eq } from "drizzle-orm";
import { environments, nodes as nodesTable } from "#drizzle/schema/index.ts";
import { trustOf } from "#lib/cluster/authorities.ts";
import { labelsOf } from "#lib/cluster/formation.ts";
import { identityFor, nodeAgent } from "#lib/cluster/identity.ts";
import { type Formed, formSwarm, type Node } from "#lib/cluster/swarm.ts";
import type { Database } from "#lib/db/client.ts";
import { appendEvents, type NewEvent } from "#lib/db/events.ts";
import { dockerClient } from "#lib/docker-client.ts";
import { messageOf } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { dockerPort, isCluster, stableName } from "#lib/model/cluster.ts";
import { reach } from "#lib/model/reach.ts";
import { isAtRest } from "#lib/model/states.ts";
import { enqueueReconcile } from "#lib/queue/enqueue.ts";
import { ensureFront, isEnding, revokedOf } from "./front.ts";
import { type Loaded, load } from "./load.ts";
import type { EnvironmentRow, NodeRow } from "./types.ts";
import { isWishedToRun, Superseded, whileWished } from "./watch.ts";

/** How often a cluster at rest is looked at, and one whose trouble is new. */
const lookEveryMs = 30_000;
const lookAgainMs = 3_000;
/** How long trouble may last that passes by itself: engines that have just been started do not answer at once. */
const patienceMs = 30_000;
const timeoutMs = 5 * 60_000;

const isReady = (node: NodeRow) => node.state === "ready" && !node.removal;
const isLeaving = (node: NodeRow) => node.removal !== null && node.swarmId !== null && node.observed === "running";
const isMember = (node: NodeRow) => node.front !== null && node.swarmId !== null;

/** Whether all of a cluster's nodes that are ready take part in it. */
const isFormed = (nodes: NodeRow[]) => nodes.filter(isReady).every(isMember);

/** What is known of an environment's cluster. */
type Known = Pick<EnvironmentRow, "clusterSeenAt" | "clusterTrouble" | "clusterTroubleAt">;

const isNew = ({ clusterTroubleAt }: Known, now: Date) =>
  clusterTroubleAt !== null && now.getTime() - clusterTroubleAt.getTime() < patienceMs;

/** Whether a cluster wants looking after: something has changed, trouble may have passed, or it was not looked at for half a minute. */
export function isClusterDue(environment: Known & Pick<EnvironmentRow, "wish">, nodes: NodeRow[], now: Date): boolean {
  if (environment.wish !== "run" || !isCluster(nodes) || !nodes.some(isReady)) return false;
  const since = now.getTime() - (environment.clusterSeenAt?.getTime() ?? 0);
  if (environment.clusterTrouble) return since > (isNew(environment, now) ? lookAgainMs : lookEveryMs);
  const changed = !isFormed(nodes) || nodes.some(isLeaving) || nodes.some((node) => isEnding(node));
  return since > (changed ? 0 : lookEveryMs);
}

/**
 * The state of an environment all of whose nodes run: not yet running while its cluster was not seen whole since it was
 * started. Trouble of a cluster that ran is said at once; that of one which comes up, when it lasts.
 */
export function clusterState(
  environment: Known & Pick<EnvironmentRow, "state">,
  nodes: NodeRow[],
  now: Date,
): EnvironmentRow["state"] {
  if (!isCluster(nodes)) return "running";
  if (environment.clusterTrouble)
    return isAtRest(environment.state) || !isNew(environment, now) ? "degraded" : "provisioning";
  return environment.clusterSeenAt && isFormed(nodes) ? "running" : "provisioning";
}

/** What is forgotten of a cluster whose servers were stopped: nothing that was seen of it holds when they are started. */
export const unseenCluster = { clusterSeenAt: null, clusterTrouble: null, clusterTroubleAt: null } as const;

/** Looks after a Docker cluster: certificates on port 4000 of every node, then its swarm. Ends early when that is no longer wished. */
export async function tendCluster(db: Database, environmentId: string, outer: AbortSignal): Promise<void> {
  const loaded = await load(db, environmentId);
  if (!loaded || !isClusterDue(loaded.environment, loaded.nodes, new Date())) return;
  const signal = AbortSignal.any([outer, AbortSignal.timeout(timeoutMs)]);
  try {
    await whileWished(
      environmentId,
      () => isWishedToRun(db, environmentId),
      signal,
      (until) => tend(db, loaded, until),
    );
  } catch (error) {
    if (outer.aborted) throw error;
    if (error instanceof Superseded || !(await isWishedToRun(db, environmentId))) return;
    log.warn({ environment: environmentId, err: error }, "a cluster could not be looked after");
    await keep(db, loaded, { places: [], done: [], trouble: messageOf(error) });
  }
}

async function tend(db: Database, loaded: Loaded, signal: AbortSignal): Promise<void> {
  const { environment } = loaded;
  const trouble = await fronts(db, loaded, signal);
  const { nodes } = (await load(db, environment.id))!;
  const formed = await formSwarm(await membersOf(db, { ...loaded, nodes }, signal), signal);
  await keep(db, { ...loaded, nodes }, { ...formed, trouble: trouble ?? formed.trouble });
}

/** Port 4000 on every node that is ready; one that cannot be reached keeps no other from it. */
async function fronts(db: Database, loaded: Loaded, signal: AbortSignal): Promise<string | null> {
  const { environment, nodes } = loaded;
  const rules = { trust: await trustOf(db, environment.id), revoked: await revokedOf(db, environment.id) };
  const ready = nodes.filter(isReady);
  const ended = await Promise.allSettled(ready.map((node) => ensureFront(db, loaded, node, rules, signal)));
  signal.throwIfAborted();
  const failed = ended.flatMap((result, index) =>
    result.status === "rejected" ? `${ready[index]!.name}: ${messageOf(result.reason)}` : [],
  );
  return failed.length > 0 ? failed.join("; ") : null;
}

/** All that are, or are to be, in the swarm; a server that is away is a member that does not answer. */
async function membersOf(db: Database, { environment, nodes, provider }: Loaded, signal: AbortSignal): Promise<Node[]> {
  const identity = await identityFor(db, environment.id);
  const origin = provider.settings.origin === "tenant" ? "tenant" : "ours";
  const members = nodes.filter((node) => (isReady(node) && node.front) || node.swarmId);
  return members.map((node) => {
    const { host, port } = reach(node, dockerPort) ?? { host: "", port: dockerPort };
    const agent = nodeAgent(identity, stableName(node.id, environment.id), origin);
    return {
      id: node.id,
      name: node.name,
      address: node.privateIp ?? host,
      labels: labelsOf(node.id, node.name, environment.region, node.zone),
      leaving: node.removal !== null,
      known: node.swarmId,
      engine: (timeoutMs) =>
        dockerClient({ host, port, agent }, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])),
    };
  });
}

/** What was found and done, for the rounds and for people; an engine that does not answer keeps its place. */
async function keep(db: Database, { environment, nodes }: Loaded, { places, done, trouble }: Formed): Promise<void> {
  await db.transaction(async (tx) => {
    for (const { nodeId, swarmId, address, answers } of places) {
      const node = nodes.find(({ id }) => id === nodeId)!;
      if (!answers || (node.swarmId === swarmId && node.swarmAddress === address)) continue;
      const same = and(eq(nodesTable.id, nodeId), eq(nodesTable.attempt, node.attempt!));
      await tx.update(nodesTable).set({ swarmId, swarmAddress: address }).where(same);
    }
    const since = trouble ? (environment.clusterTroubleAt ?? new Date()) : null;
    await tx
      .update(environments)
      .set({ clusterSeenAt: new Date(), clusterTrouble: trouble, clusterTroubleAt: since })
      .where(eq(environments.id, environment.id));
    const news = trouble && trouble !== environment.clusterTrouble ? [...done, trouble] : done;
    await appendEvents(
      tx,
      environment.id,
      news.map((message): NewEvent => ({ kind: "notice", message })),
    );
    await enqueueReconcile(tx, environment.id);
  });
}
