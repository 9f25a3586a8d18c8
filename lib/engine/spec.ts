import { catalogueOf } from "#lib/bootstrap/catalogue.ts";
import { generateKeyPair } from "#lib/bootstrap/ssh/keys.ts";
import { config } from "#lib/config.ts";
import type { Queryable } from "#lib/context.ts";
import { ownerOf } from "#lib/db/installation.ts";
import { dockerPort, isCluster } from "#lib/model/cluster.ts";
import { slug } from "#lib/model/names.ts";
import { hostKeyPlace } from "#lib/model/places.ts";
import type { Ingress } from "#lib/model/wishes.ts";
import type { EnvironmentSpec, ServerSpec } from "#lib/providers/provider.ts";
import { vault } from "#lib/vault.ts";
import type { Loaded } from "./load.ts";
import type { NodeRow } from "./types.ts";

const anywhere = ["0.0.0.0/0", "::/0"];
/** What a provider that publishes ports once and for all must publish, whatever packages come later. */
const packagePorts = catalogueOf("debian-12").flatMap(({ ports }) => ports);

/** An environment as its provider wants it told. */
export async function environmentSpec(
  db: Queryable,
  { environment, nodes, provider }: Loaded,
): Promise<EnvironmentSpec> {
  return {
    owner: await ownerOf(db, provider.id),
    id: environment.id,
    name: environment.label,
    region: environment.region,
    publicKey: environment.publicKey ?? "",
    ingress: [...ownSsh(), ...exposed(nodes)],
    choices: {
      image: environment.image ?? undefined,
      network: environment.network ?? undefined,
      subnet: environment.subnet ?? undefined,
      diskGib: environment.diskGib ?? undefined,
    },
  };
}

/** What the wish opens; a cluster's port 4000, which takes clients with a certificate alone, to all where the wish does not say to whom. */
function exposed(nodes: NodeRow[]): Ingress[] {
  const wished = nodes.filter((node) => !node.removal).flatMap((node) => node.expose);
  if (!isCluster(nodes) || wished.some(({ port }) => port === dockerPort)) return wished;
  return [...wished, ...anywhere.map((cidr) => ({ port: dockerPort, cidr }))];
}

/** SSH from where CloudHero is, where its operator says so; otherwise servers take it from anywhere. */
const ownSsh = (): Ingress[] => config().sshFrom.map((cidr) => ({ port: 22, cidr }));

/** A node's first host key, made for this attempt and kept until the server has one of its own. */
export function firstHostKey(
  nodeId: string,
  attempt: string,
): Pick<NodeRow, "firstHostKey" | "firstHostPublicKey" | "hostKey" | "nextHostKey"> {
  const { privateKey, publicKey } = generateKeyPair("");
  const sealed = vault().seal(privateKey, hostKeyPlace(nodeId, attempt));
  return { firstHostKey: sealed, firstHostPublicKey: publicKey, hostKey: null, nextHostKey: null };
}

/** A node's launch attempt as its provider wants it told. */
export function serverSpec(node: NodeRow, authorizedKeys: string[]): ServerSpec {
  if (!node.attempt || !node.firstHostKey || !node.firstHostPublicKey)
    throw new Error(`node ${node.id} has no attempt to launch`);
  const privateKey = vault().open(node.firstHostKey, hostKeyPlace(node.id, node.attempt));
  return {
    nodeId: node.id,
    attempt: node.attempt,
    name: node.hostname,
    nodeName: slug(node.name),
    size: node.size,
    authorizedKeys,
    hostKey: { privateKey, publicKey: node.firstHostPublicKey },
    ports: [...new Set([dockerPort, ...packagePorts, ...node.expose.map(({ port }) => port)])],
  };
}
