import { eq } from "drizzle-orm";
import { environments, nodes as nodesTable } from "#drizzle/schema/index.ts";
import type { Queryable } from "#lib/context.ts";
import type { Database } from "#lib/db/client.ts";
import { appendEvents, type NewEvent } from "#lib/db/events.ts";
import { environmentStateOf } from "#lib/model/states.ts";
import type { ProviderTraits } from "#lib/providers/provider.ts";
import { enqueueCluster, enqueueInstall, enqueuePrepare } from "#lib/queue/enqueue.ts";
import { absorb } from "./absorb.ts";
import { clusterState, isClusterDue, unseenCluster } from "./cluster.ts";
import { decide } from "./decide.ts";
import { type Loaded, load } from "./load.ts";
import { misnamedIn } from "./misnamed.ts";
import { awaitsAddresses, hostsOf, planHash } from "./plan.ts";
import type { Round, Task } from "./round.ts";
import { firstHostKey } from "./spec.ts";
import { straysOf } from "./strays.ts";
import type { EnvironmentRow, Listing, NodeRow } from "./types.ts";
import { untagged } from "./untagged.ts";

/**
 * Takes a listing in, decides on every node, and commits new states, events and jobs together; what is left to be
 * done is answered. Null where a newer wish came since `before` was loaded.
 */
export function commitRound(
  db: Database,
  before: Loaded,
  listing: Listing,
  traits: ProviderTraits,
): Promise<Round | null> {
  return db.transaction(async (tx) => {
    const [locked] = await tx
      .select()
      .from(environments)
      .where(eq(environments.id, before.environment.id))
      .for("no key update");
    if (!locked || locked.generation !== before.environment.generation) return null;
    const { nodes } = (await load(tx, locked.id))!;
    const decided = decideAll({ ...before, environment: locked, nodes }, listing, traits);
    for (const one of decided) await keep(tx, one);
    await appendEvents(tx, locked.id, decided.flatMap(eventOf));
    await enqueueJobs(tx, locked, decided);
    const present = decided.filter(({ action }) => action !== "forget").map(({ node }) => node);
    if (isClusterDue(locked, present, new Date())) await enqueueCluster(tx, locked.id);
    const state = await keepState(tx, locked, present);
    const tasks = decided.flatMap(({ node, action }) =>
      action && action !== "install" && action !== "forget" ? [{ node, action }] : [],
    );
    const strays = straysOf(locked.id, nodes, listing);
    await appendEvents(tx, locked.id, strays.map(strayEvent));
    const misnamed = misnamedIn(present, listing);
    return { environment: { ...locked, state }, nodes: present, tasks, strays, misnamed };
  });
}

type Decided = { before: NodeRow; change: Partial<NodeRow>; node: NodeRow; action: Task["action"] | undefined };

function decideAll({ environment, nodes }: Loaded, listing: Listing, traits: ProviderTraits): Decided[] {
  const now = new Date();
  const informed = nodes.map((node) => ({ node, facts: absorb(node, listing) }));
  const present = informed.map(({ node, facts }) => ({ ...node, ...facts }));
  const hosts = hostsOf(present, traits);
  const waiting = awaitsAddresses(present, traits, now);
  return informed.map(({ node: before, facts }, index) => {
    const node = present[index]!;
    const decision = decide(node, { environment, listing, traits, plan: planHash(node, hosts), now });
    if (waiting && decision.action === "install") return { before, change: facts, node, action: undefined };
    const made = decision.change.attempt ? firstHostKey(node.id, decision.change.attempt) : {};
    const decided = { ...node, ...decision.change, ...made };
    const said = untagged(decided, listing);
    const change = { ...facts, ...decision.change, ...made, ...said };
    return { before, change, node: { ...decided, ...said }, action: decision.action };
  });
}

async function keep(tx: Queryable, { before, change, action }: Decided): Promise<void> {
  if (action === "forget") await tx.delete(nodesTable).where(eq(nodesTable.id, before.id));
  else if (Object.keys(change).length > 0) await tx.update(nodesTable).set(change).where(eq(nodesTable.id, before.id));
}

async function enqueueJobs(tx: Queryable, environment: EnvironmentRow, decided: Decided[]): Promise<void> {
  for (const { node, action } of decided) if (action === "install") await enqueueInstall(tx, node.id);
  const wanting = decided.some(
    ({ node }) => !node.removal && ["pending", "launching", "booting", "ready"].includes(node.state),
  );
  if (environment.wish === "run" && !environment.prepared && wanting) await enqueuePrepare(tx, environment.id);
}

async function keepState(
  tx: Queryable,
  environment: EnvironmentRow,
  nodes: NodeRow[],
): Promise<EnvironmentRow["state"]> {
  const implied = environmentStateOf(
    environment.wish,
    nodes.map(({ state }) => state),
    environment.begunAt !== null,
  );
  const state = heldBack(implied, environment, nodes);
  const failed = nodes.find((node) => node.error && node.state !== "deleted")?.error;
  const lastError = failed ?? (environment.wish === "run" ? environment.clusterTrouble : null);
  if (state === environment.state && lastError === environment.lastError) return state;
  const cluster = state === "stopped" ? unseenCluster : {};
  await tx
    .update(environments)
    .set({ state, lastError, changedAt: new Date(), ...cluster })
    .where(eq(environments.id, environment.id));
  if (state !== environment.state)
    await appendEvents(tx, environment.id, [
      { kind: "environment", message: `The environment is ${state}`, data: { state } },
    ]);
  return state;
}

/** Deleted is said when the network, key and firewall are gone too; running, when a Docker cluster was seen to be whole. */
function heldBack(
  implied: EnvironmentRow["state"],
  environment: EnvironmentRow,
  nodes: NodeRow[],
): EnvironmentRow["state"] {
  if (implied === "deleted") return "deleting";
  return implied === "running" ? clusterState(environment, nodes, new Date()) : implied;
}

function eventOf({ before, node }: Decided): NewEvent[] {
  const { name: nodeName, state, error } = node;
  const events: NewEvent[] = [];
  if (node.drift === "untagged" && before.drift !== "untagged")
    events.push({ kind: "notice", nodeName, message: `${nodeName} is untagged: ${error}` });
  if (before.state === state) return events;
  const why = error && ["failed", "stopped", "pending"].includes(state) ? `: ${error}` : "";
  return [...events, { kind: "node", nodeName, message: `${nodeName} is ${state}${why}`, data: { state } }];
}

const strayEvent = ({ name, id }: Listing["servers"][number]): NewEvent => ({
  kind: "notice",
  message: `The server ${name} (${id}) belongs to no node: it is destroyed`,
});
