import { createHash } from "node:crypto";
import { slug } from "#lib/model/names.ts";
import type { ProviderTraits } from "#lib/providers/provider.ts";
import type { NodeRow } from "./types.ts";

export type Host = { name: string; address: string };

/** The nodes as each other's /etc/hosts has them; empty where the provider's own network resolves names. */
export function hostsOf(nodes: NodeRow[], traits: ProviderTraits): Host[] {
  if (traits.resolvesNames) return [];
  const known = nodes.filter((node) => !node.removal && node.privateIp);
  return known.map((node) => ({ name: slug(node.name), address: node.privateIp! }));
}

/** What a node should have installed, as a hash that changes with it. */
export function planHash(node: NodeRow, hosts: Host[]): string {
  return createHash("sha256")
    .update(JSON.stringify({ packages: node.packages, hosts }))
    .digest("hex")
    .slice(0, 16);
}

/** Whether addresses are still to come that every node's hosts file will need. */
export function awaitsAddresses(nodes: NodeRow[], traits: ProviderTraits, now: Date): boolean {
  if (traits.resolvesNames) return false;
  const coming = (node: NodeRow) => !node.privateIp && ["launching", "booting"].includes(node.state);
  return nodes.some((node) => coming(node) && now.getTime() - node.stateSince.getTime() < 90_000);
}
