import type { Agent } from "node:https";
import { createSecureContext } from "node:tls";
import { LRUCache } from "lru-cache";
import type { Origin } from "#lib/addresses.ts";
import type { Queryable } from "#lib/context.ts";
import { checkedAgents } from "#lib/dial.ts";
import { trustOf } from "./authorities.ts";
import { issueClient } from "./certificates.ts";

/** What CloudHero itself shows to an environment's nodes, and whom it believes there; PEM. */
export type Identity = { ca: string[]; cert: string; key: string };

const lifeDays = 2;
const renewAfterMs = 86_400_000;

const kept = new LRUCache<string, Identity, Queryable>({
  max: 1_000,
  ttl: renewAfterMs,
  fetchMethod: (environmentId, _stale, { context: db }) => issue(db, environmentId),
});

/** This process's own certificate for an environment's nodes; made on first use, kept in memory, and renewed each day. */
export const identityFor = (db: Queryable, environmentId: string): Promise<Identity> =>
  kept.forceFetch(environmentId, { context: db });

async function issue(db: Queryable, environmentId: string): Promise<Identity> {
  const { signer, trusted } = await trustOf(db, environmentId);
  const { certificate, privateKey } = await issueClient(signer, "CloudHero", "cloudhero://system", lifeDays);
  return { ca: trusted.map((authority) => authority.certificate), cert: certificate, key: privateKey };
}

/** Connections to one node's port 4000, under the rule of who named its address. */
export function nodeAgent(identity: Identity, servername: string, origin: Origin): Agent {
  // Made once: each connection would read the certificates and the key again.
  const agent = checkedAgents(origin, { secureContext: createSecureContext(identity), servername }).https;
  // All of its connections are told by the same secrets: to write these into each connection's name is in vain.
  agent.getName = ({ host, port } = {}) => `${host}:${port}`;
  return agent;
}
