import { createHash } from "node:crypto";
import { isIP } from "node:net";
import { and, eq, gt, isNotNull } from "drizzle-orm";
import { clientCertificates, nodes } from "#drizzle/schema/index.ts";
import { installFront, requestCertificate } from "#lib/bootstrap/front.ts";
import { connect } from "#lib/bootstrap/ssh/connect.ts";
import type { Trust } from "#lib/cluster/authorities.ts";
import { revocationList, type ServerNames, signRequest } from "#lib/cluster/certificates.ts";
import type { Database } from "#lib/db/client.ts";
import { dockerPort, stableName } from "#lib/model/cluster.ts";
import { slug } from "#lib/model/names.ts";
import { reach } from "#lib/model/reach.ts";
import type { Loaded } from "./load.ts";
import { targetOf } from "./target.ts";
import type { NodeRow } from "./types.ts";

const lifeDays = 90;
/** A certificate is followed by the next one this long before it ends. */
const renewalMs = 30 * 86_400_000;

/** What port 4000 of every node of an environment goes by: its authorities, and the certificates that were taken back. */
export type FrontRules = { trust: Trust; revoked: { authorityId: string; serial: string }[] };

export async function revokedOf(db: Database, environmentId: string): Promise<FrontRules["revoked"]> {
  const { authorityId, serial, revokedAt, expiresAt } = clientCertificates;
  const inForce = and(isNotNull(revokedAt), gt(expiresAt, new Date()));
  return db
    .select({ authorityId, serial })
    .from(clientCertificates)
    .where(and(eq(clientCertificates.environmentId, environmentId), eq(clientCertificates.scope, "nodes"), inForce))
    .orderBy(clientCertificates.id);
}

/** Whether a node's certificate is about to end. */
export const isEnding = ({ frontExpiresAt }: NodeRow, now = Date.now()) =>
  frontExpiresAt !== null && frontExpiresAt.getTime() - now < renewalMs;

/** Gives a node's port 4000 a certificate for its present names, and says who may connect; nothing where that is so already. */
export async function ensureFront(db: Database, loaded: Loaded, node: NodeRow, rules: FrontRules, signal: AbortSignal) {
  const names = namesOf(loaded.environment.id, node);
  const front = hashOf(names, rules);
  const endpoint = reach(node, 22);
  if ((node.front === front && !isEnding(node)) || !endpoint) return;
  const connection = await connect({ ...targetOf(loaded, node, endpoint), signal });
  try {
    const { signer, trusted } = rules.trust;
    const request = await requestCertificate(connection, signal);
    const { certificate, expiresAt } = await signRequest(signer, request, names, lifeDays);
    const revoked = await Promise.all(
      trusted.map((authority) =>
        revocationList(
          authority,
          rules.revoked.flatMap(({ authorityId, serial }) => (authorityId === authority.id ? serial : [])),
        ),
      ),
    );
    await installFront(
      connection,
      {
        certificate,
        authorities: trusted.map((one) => one.certificate),
        revoked,
        serials: rules.revoked.map(({ serial }) => serial),
      },
      signal,
    );
    const still = and(eq(nodes.id, node.id), eq(nodes.attempt, node.attempt!));
    await db.update(nodes).set({ front, frontExpiresAt: expiresAt }).where(still);
  } finally {
    connection.close();
  }
}

/** Every name and address that a client may know the node by. */
function namesOf(environmentId: string, node: NodeRow): ServerNames {
  const hosts = [reach(node, dockerPort)?.host, node.publicIp, node.privateIp].filter((host) => host != null);
  const known = [...new Set([...hosts, "127.0.0.1"])];
  const dns = [stableName(node.id, environmentId), slug(node.name), "localhost"];
  return { dns: [...dns, ...known.filter((host) => !isIP(host))], ip: known.filter((host) => isIP(host)) };
}

function hashOf(names: ServerNames, { trust, revoked }: FrontRules): string {
  const facts = { names, signer: trust.signer.id, trusted: trust.trusted.map(({ id }) => id), revoked };
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 16);
}
