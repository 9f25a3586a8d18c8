import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import { clientCertificates } from "#drizzle/schema/index.ts";
import { requireRole } from "#lib/auth/require.ts";
import { trustOf } from "#lib/cluster/authorities.ts";
import { issueClient } from "#lib/cluster/certificates.ts";
import { config } from "#lib/config.ts";
import type { Context } from "#lib/context.ts";
import { recordAudit } from "#lib/db/audit.ts";
import { conflict, notFound } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { dockerPort, isCluster } from "#lib/model/cluster.ts";
import { uriOfCertificate } from "#lib/model/docker-access.ts";
import { label } from "#lib/model/names.ts";
import { reach } from "#lib/model/reach.ts";
import { environmentRows } from "../environments/get.ts";
import type { EnvironmentRow, NodeRow } from "../environments/view.ts";
import { endOfToken } from "../tokens/end.ts";

/** A node cannot tell roles apart, and hears of a revoked certificate a moment later than we do: what is for nodes is short-lived. */
const lifeDays = { endpoint: 30, nodes: 7 } as const;

/** What a Docker client needs; certificates and key are PEM, and the key is nowhere else. */
export type Bundle = {
  name: string;
  host: string;
  ca: string;
  certificate: string;
  privateKey: string;
  expiresAt: Date;
};

/**
 * A new certificate for a Docker client: for our endpoint, with the asker's role, or for port 4000 of one node (operators).
 * `asked` is the host that the asker reached us by. Throws "conflict" where the environment is no Docker cluster, or
 * the address is not one that our certificate can name.
 */
export async function dockerBundle(ctx: Context, id: string, asked: string, nodeName?: string): Promise<Bundle> {
  requireRole(ctx, nodeName === undefined ? "viewer" : "operator");
  const { environment, nodes } = await environmentRows(ctx, id);
  if (!isCluster(nodes) || environment.wish === "delete")
    throw conflict(`${environment.name} is not a Docker cluster: not all of its nodes have the package docker.`);
  const node = nodeName === undefined ? undefined : nodeOf(nodes, nodeName);
  const host = node ? hostOf(node) : endpointHost(asked);
  const name = node ? label(environment.name, node.name) : label(environment.name);
  return { ...(await issue(ctx, environment, node)), name, host };
}

function nodeOf(nodes: NodeRow[], name: string): NodeRow {
  const node = nodes.find((candidate) => candidate.name === name);
  if (!node) throw notFound(`The node ${name}`);
  return node;
}

function hostOf(node: NodeRow): string {
  const endpoint = node.front ? reach(node, dockerPort) : null;
  if (!endpoint) throw conflict(`${node.name} cannot be reached yet: it is ${node.state}.`);
  return address(endpoint.host, endpoint.port);
}

/** Our endpoint as the asker can reach it: by the name that the operator gave, else by the one that was used to ask. */
function endpointHost(asked: string): string {
  const { dockerPort: port, publicUrl } = config();
  if (port === null) throw conflict("This CloudHero has no Docker endpoint: its operator has switched it off.");
  const host = publicUrl ? new URL(publicUrl).hostname : asked;
  const bare = host.replace(/^\[|\]$/g, "");
  const own = Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address: one }) => one) ?? []);
  if (!publicUrl && bare !== "localhost" && !own.includes(bare))
    throw conflict(
      `Docker clients cannot be sent to ${bare}: set CLOUDHERO_PUBLIC_URL, so that the endpoint's certificate can name it.`,
    );
  return address(bare, port);
}

const address = (host: string, port: number) => `tcp://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;

async function issue(ctx: Context, environment: EnvironmentRow, node: NodeRow | undefined) {
  const scope = node ? "nodes" : "endpoint";
  const { signer, trusted } = await trustOf(ctx.db, node ? environment.id : null);
  const id = newId();
  const uri = uriOfCertificate(environment.id, ctx.user.id, id);
  const until = await endOfToken(ctx);
  const days = until ? (until.getTime() - Date.now()) / 86_400_000 : Number.POSITIVE_INFINITY;
  const made = await issueClient(signer, ctx.user.email, uri, Math.min(lifeDays[scope], days));
  const { certificate, privateKey, serial, expiresAt } = made;
  await ctx.db.transaction(async (tx) => {
    const owner = { organisationId: ctx.organisation.id, environmentId: environment.id, userId: ctx.user.id };
    const limits = { tokenId: ctx.tokenId ?? null, scope, role: ctx.role } as const;
    await tx.insert(clientCertificates).values({ id, ...owner, ...limits, authorityId: signer.id, serial, expiresAt });
    await recordAudit(tx, ctx, "certificate.create", environment.id, {
      name: environment.name,
      scope,
      certificate: id,
    });
  });
  return { ca: trusted.map((one) => one.certificate).join(""), certificate, privateKey, expiresAt };
}
