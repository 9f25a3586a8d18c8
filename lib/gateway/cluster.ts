import type { Agent } from "node:https";
import { and, asc, eq, isNull } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import { environments, nodes, providers } from "#drizzle/schema/index.ts";
import { type Identity, identityFor, nodeAgent } from "#lib/cluster/identity.ts";
import type { Queryable } from "#lib/context.ts";
import { dockerPort, isCluster, stableName } from "#lib/model/cluster.ts";
import { slug } from "#lib/model/names.ts";
import { reach } from "#lib/model/reach.ts";
import { Refusal } from "./refusal.ts";

/** A node of a cluster, and the way to its engine. */
export type Engine = {
  /** The node's id: the same for as long as the node is wished. */
  id: string;
  name: string;
  host: string;
  port: number;
  /** Where clients outside find what it publishes. */
  address: string;
  labels: Record<string, string>;
  /** It is to go, or to be made anew: nothing more is put on it. */
  leaving: boolean;
  agent: Agent;
};

export type Cluster = {
  environmentId: string;
  organisationId: string;
  name: string;
  /** In the order that the team named them; those whose servers cannot be reached are in `away` alone. */
  engines: Engine[];
  /** Names of nodes that are wished to be there and have no address: stopped, failed, being made. */
  away: string[];
  /** Names of those that have never had an engine: nothing can be on them. */
  unborn: string[];
};

const kept = new LRUCache<string, Cluster, Queryable>({
  max: 500,
  ttl: 1_000,
  fetchMethod: (environmentId, _stale, { context: db }) => load(db, environmentId),
});
const agents = new LRUCache<string, { agent: Agent; identity: Identity }>({ max: 5_000 });

/** An environment as a Docker cluster; at most a second old. Throws Refusal 404, and 409 where it is none. */
export const clusterOf = (db: Queryable, environmentId: string): Promise<Cluster> =>
  kept.forceFetch(environmentId, { context: db });

/** The cluster that a caller asks for. Throws Refusal 404 for another organisation's too. */
export async function clusterFor(
  db: Queryable,
  { environmentId, organisation }: { environmentId: string; organisation: { id: string } },
): Promise<Cluster> {
  const cluster = await clusterOf(db, environmentId);
  if (cluster.organisationId !== organisation.id) throw new Refusal(404, `No such environment: ${environmentId}`);
  return cluster;
}

async function load(db: Queryable, environmentId: string): Promise<Cluster> {
  const [found] = await db
    .select({ environment: environments, settings: providers.settings })
    .from(environments)
    .innerJoin(providers, eq(providers.id, environments.providerId))
    .where(and(eq(environments.id, environmentId), isNull(environments.deletedAt)));
  if (!found) throw new Refusal(404, `No such environment: ${environmentId}`);
  const { environment, settings } = found;
  const rows = await db.select().from(nodes).where(eq(nodes.environmentId, environmentId)).orderBy(asc(nodes.position));
  if (!isCluster(rows))
    throw new Refusal(
      409,
      `${environment.name} is not a Docker cluster: not all of its nodes have the package docker.`,
    );
  const identity = await identityFor(db, environmentId);
  const origin = settings.origin === "tenant" ? "tenant" : "ours";
  const engines = rows.flatMap((row): Engine[] => {
    const endpoint = row.front ? reach(row, dockerPort) : null;
    if (!endpoint || row.state === "stopped" || row.state === "deleted") return [];
    const { id, name } = row;
    const agent = agentFor(id, identity, () => nodeAgent(identity, stableName(id, environmentId), origin));
    const labels: Record<string, string> = { node: slug(name), region: environment.region, size: row.size };
    if (row.zone !== null) labels.zone = row.zone;
    return [{ id, name, ...endpoint, address: addressOf(row), labels, leaving: row.removal !== null, agent }];
  });
  const staying = rows.filter(({ removal }) => removal !== "prune");
  const away = staying.filter(({ id }) => !engines.some((engine) => engine.id === id)).map(({ name }) => name);
  const unborn = staying.filter(({ front, swarmId }) => front === null && swarmId === null).map((row) => row.name);
  const { organisationId, name } = environment;
  return { environmentId, organisationId, name, engines, away, unborn };
}

/** Loopback is nobody's address but this machine's: there, a server is reached where its own network has it. */
function addressOf({ publicIp, privateIp }: { publicIp: string | null; privateIp: string | null }): string {
  const isLocal = publicIp?.startsWith("127.") ?? true;
  return (isLocal ? privateIp : publicIp) ?? publicIp ?? "0.0.0.0";
}

/** One agent per node, so that its connections are used again; a new one with a new certificate. */
function agentFor(id: string, identity: Identity, make: () => Agent): Agent {
  const known = agents.get(id);
  if (known?.identity === identity) return known.agent;
  const agent = make();
  agents.set(id, { agent, identity });
  return agent;
}
